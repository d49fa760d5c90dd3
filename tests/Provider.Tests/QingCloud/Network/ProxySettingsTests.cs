using System.Net;
using System.Net.Sockets;
using System.Text;
using QingCloudMySqlStandby.QingCloud.Calls;
using QingCloudMySqlStandby.QingCloud.Network;
using QingCloudMySqlStandby.QingCloud.Sanitizing;

namespace QingCloudMySqlStandby.QingCloud.Network;

public sealed class ProxySettingsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080/iaas/")]
    [InlineData("http://127.9.9.9/")]
    [InlineData("http://localhost/")]
    [InlineData("http://localhost./")]
    [InlineData("https://api.localhost/")]
    [InlineData("http://[::1]:8080/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    public void This_machine_is_never_reached_by_a_proxy(string address)
    {
        var settings = Of(("HTTP_PROXY", "http://p:1"), ("HTTPS_PROXY", "http://p:1"), ("ALL_PROXY", "http://p:1"));

        Assert.Null(settings.GetProxy(new Uri(address)));
        Assert.True(settings.IsBypassed(new Uri(address)));
    }

    [Theory]
    [InlineData("HTTPS_PROXY", "http://p.test:3128", "http://p.test:3128/")]
    [InlineData("https_proxy", "http://p.test:3128", "http://p.test:3128/")]
    [InlineData("ALL_PROXY", "socks5://p.test:1080", "socks5://p.test:1080/")]
    [InlineData("all_proxy", "socks5h://p.test:1080", "socks5://p.test:1080/")]
    [InlineData("HTTPS_PROXY", "p.test:3128", "http://p.test:3128/")]
    [InlineData("HTTPS_PROXY", " https://p.test ", "https://p.test/")]
    [InlineData("HTTPS_PROXY", "http://user:pa%40ss@p.test:3128", "http://p.test:3128/")]
    [InlineData("HTTP_PROXY", "http://p.test:3128", null)]
    [InlineData("HTTPS_PROXY", "", null)]
    public void The_environment_names_the_proxy_without_its_user(string name, string value, string? proxy)
    {
        var settings = Of((name, value));
        settings.Require(Api);

        Assert.Equal(proxy, settings.GetProxy(Api)?.ToString());
    }

    [Fact]
    public void A_lower_case_name_comes_first_and_a_schemes_own_before_that_of_all()
    {
        var settings = Of(("HTTPS_PROXY", "http://a:1"), ("https_proxy", "http://b:1"), ("ALL_PROXY", "http://c:1"));

        Assert.Equal("http://b:1/", settings.GetProxy(Api)?.ToString());
        Assert.Equal(" by way of the proxy b:1 (https_proxy)", settings.Describe(Api));
    }

    [Fact]
    public void Without_one_in_the_environment_the_systems_counts()
    {
        var system = new WebProxy("http://system.test:8080");

        Assert.Equal("system.test", new ProxySettings(_ => null, system).GetProxy(Api)?.Host);
        Assert.Null(new ProxySettings(_ => null, system).GetProxy(new Uri("http://127.0.0.1/")));
        Assert.Null(new ProxySettings(name => name == "NO_PROXY" ? "*" : null, system).GetProxy(Api));
        Assert.Equal("", new ProxySettings(_ => null).Describe(Api));
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("api.corp.test", true)]
    [InlineData("API.Corp.Test.", true)]
    [InlineData("corp.test", true)]
    [InlineData(".corp.test", true)]
    [InlineData("*.corp.test", true)]
    [InlineData("test", true)]
    [InlineData("other.test, corp.test", true)]
    [InlineData("other.test corp.test", true)]
    [InlineData("corp.test:8443", true)]
    [InlineData("corp.test:443", false)]
    [InlineData("rp.test", false)]
    [InlineData("api.corp.test.example", false)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("", false)]
    [InlineData(",", false)]
    public void NO_PROXY_lists_names_and_domains(string list, bool isDirect) =>
        Assert.Equal(isDirect, new NoProxy(list).Covers(new Uri("https://api.corp.test:8443/iaas/")));

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.3:443", true)]
    [InlineData("10.1.2.3", "10.1.2.3:80", false)]
    [InlineData("10.1.2.3", "10.0.0.0/8", true)]
    [InlineData("10.1.2.3", "10.1.2.99/24", true)]
    [InlineData("10.1.2.3", "10.1.3.0/24", false)]
    [InlineData("10.1.2.3", "10.0.0.0/99", false)]
    [InlineData("10.1.2.3", "x/8", false)]
    [InlineData("[fd00::1]", "fd00::1", true)]
    [InlineData("[fd00::1]", "[fd00::1]", true)]
    [InlineData("[fd00::1]", "[fd00::1]:443", true)]
    [InlineData("[fd00::1]", "[fd00::1]:80", false)]
    [InlineData("[fd00::1]", "fd00::/16", true)]
    [InlineData("[fd00::1]", "10.0.0.0/8", false)]
    public void NO_PROXY_lists_addresses_and_ranges(string host, string list, bool isDirect) =>
        Assert.Equal(isDirect, new NoProxy(list).Covers(new Uri($"https://{host}/iaas/")));

    [Theory]
    [InlineData("HTTPS_PROXY", "ftp://p.test:21", "scheme")]
    [InlineData("https_proxy", "http://", "no address")]
    [InlineData("ALL_PROXY", "socks5://p.test", "no port")]
    [InlineData("HTTPS_PROXY", "http://user:pr0xyPass@:3128", "no address")]
    public void A_proxy_that_cannot_be_used_is_an_error_of_the_first_call(string name, string value, string why)
    {
        using var rig = new Rig(environment: new Dictionary<string, string> { [name] = value });

        var failure = Assert.Throws<QingCloudException>(() =>
            rig.Run(() => rig.Client.FindClusterAsync("sh1a", "cl-1", Freshness.Live, CancellationToken.None))
        );

        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.Contains(name, failure.Message, StringComparison.Ordinal);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pr0xyPass", failure.ToString(), StringComparison.Ordinal);
        Assert.Empty(rig.Api.Calls);
    }

    [Theory]
    [InlineData("407 Proxy Authentication Required")]
    [InlineData("502 Bad Gateway")]
    public async Task A_proxy_that_refuses_is_named_without_its_password(string status)
    {
        var seen = new List<string>();
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var port = ((IPEndPoint)proxy.LocalEndpoint).Port;
        _ = RefuseAsync(proxy, status, seen);
        var settings = Of(("HTTPS_PROXY", $"http://proxyuser:pr0xy%40Pass@127.0.0.1:{port}"));

        var failure = await FailsAsync(settings, new Uri("https://api.invalid/iaas/"));

        Assert.Contains($"the proxy 127.0.0.1:{port} (HTTPS_PROXY)", failure.Message, StringComparison.Ordinal);
        Assert.Contains(status[..3], failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pr0xy", failure.ToString(), StringComparison.Ordinal);
        Assert.All(seen, request => Assert.StartsWith("CONNECT api.invalid:443", request, StringComparison.Ordinal));
        Assert.DoesNotContain("pr0xy", Sanitizer.WithoutSecrets("it was pr0xy@Pass"), StringComparison.Ordinal);
        Assert.DoesNotContain("proxyuser", Sanitizer.WithoutSecrets("for proxyuser"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_asks_for_a_user_gets_that_of_its_own_variable()
    {
        var seen = new List<string>();
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var port = ((IPEndPoint)proxy.LocalEndpoint).Port;
        _ = RefuseAsync(proxy, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"", seen);
        var settings = Of(
            ("HTTP_PROXY", "ftp://of-another-tool.test"),
            ("ALL_PROXY", $"http://proxyuser:pr0xy%40Pass@127.0.0.1:{port}")
        );

        var failure = await FailsAsync(settings, new Uri("https://api.invalid/iaas/"));

        var sent = Convert.ToBase64String("proxyuser:pr0xy@Pass"u8);
        Assert.Contains(seen, request => request.Contains($"Basic {sent}", StringComparison.Ordinal));
        Assert.DoesNotContain("proxyuser", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(sent, Sanitizer.WithoutSecrets($"it got {sent}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://pr0xyUser:12/pr0xyPass@p.test:3128")]
    [InlineData("http://pr0xyUser:12?pr0xyPass@p.test:3128")]
    [InlineData("http://pr0xyUser:12#pr0xyPass@p.test:3128")]
    [InlineData(@"http://pr0xyUser:12\pr0xyPass@p.test:3128")]
    [InlineData("socks5://pr0xyUser:12/pr0xyPass@p.test:3128")]
    [InlineData("pr0xyUser:12/pr0xyPass@p.test:3128")]
    [InlineData("http://pr0xyUser:pr0xyPass@p.test:port")]
    [InlineData("http:/pr0xyUser:pr0xyPass@p.test:3128")]
    public void What_is_not_encoded_of_a_password_is_not_taken_for_the_proxy(string value)
    {
        var failure = Assert.Throws<QingCloudException>(() => Of(("HTTPS_PROXY", value)).Require(Api));

        Assert.Contains("HTTPS_PROXY", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pr0xy", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_to_this_machine_does_not_reach_the_proxy()
    {
        var seen = new List<string>();
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        _ = RefuseAsync(proxy, "502 Bad Gateway", seen);
        var value = $"http://127.0.0.1:{((IPEndPoint)proxy.LocalEndpoint).Port}";
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}/iaas/");
        closed.Stop();
        await FailsAsync(Of(("HTTP_PROXY", value), ("ALL_PROXY", value)), endpoint);

        Assert.Empty(seen);
    }

    private static Uri Api => new("https://api.test/iaas/");

    private static ProxySettings Of(params (string Name, string Value)[] variables) =>
        new(name => Array.Find(variables, variable => variable.Name == name).Value);

    private static async Task<QingCloudException> FailsAsync(ProxySettings settings, Uri address)
    {
        using var transport = new ApiTransport(
            new HttpMessageInvoker(ApiTransport.OpenSockets(settings, TimeProvider.System)),
            settings,
            RequestMethod.Post,
            Rig.Options.MaxAnswerBytes,
            TimeProvider.System
        );
        var call = new ApiCall("DescribeJobs", "sh1a", "test");
        var signed = new SignedCall("a=b", SecretText.Passing("signature-of-this-call"));
        return await Assert.ThrowsAsync<QingCloudException>(() =>
            transport.SendAsync(call, signed, address, TestContext.Current.CancellationToken)
        );
    }

    private static async Task RefuseAsync(TcpListener proxy, string status, List<string> seen)
    {
        try
        {
            while (true)
            {
                using var connection = await proxy.AcceptTcpClientAsync();
                await using var stream = connection.GetStream();
                var buffer = new byte[4096];
                var read = await stream.ReadAsync(buffer);
                lock (seen)
                    seen.Add(Encoding.ASCII.GetString(buffer, 0, read));

                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                );
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
