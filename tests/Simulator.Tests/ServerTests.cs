using System.Net;
using System.Net.Sockets;
using System.Text;

namespace QingCloudMySqlStandby.Simulator.Tests;

/// <summary>The same API through real sockets: what only a connection can show.</summary>
public sealed class ServerTests : IAsyncLifetime
{
    private readonly Bench _bench = new(new ApiOptions { RoleLifetime = TimeSpan.FromHours(1) });
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private SimulatorServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await SimulatorServer.StartAsync(_bench.Api, cancellationToken: Bench.Cancel);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        _bench.Dispose();
    }

    [Fact]
    public async Task Get_and_post_are_served_as_they_were_sent()
    {
        Assert.Equal("127.0.0.1", _server.Endpoint.Host);
        var parameters = _bench.Parameters("DescribeJobs", ("owner", "a b+c%/灾备"));
        using var post = await _http.SendAsync(_bench.Post(parameters, _server.Endpoint), Bench.Cancel);
        Assert.Equal(0, Bench.Parse(await post.Content.ReadAsStringAsync(Bench.Cancel)).RetCode());
        Assert.Equal(_bench.Clock.GetUtcNow(), post.Headers.Date);

        var query = Signer.Sign("GET", "/iaas/", parameters, _bench.Options.SecretAccessKey);
        var get = Bench.Parse(await _http.GetStringAsync(new Uri(_server.Endpoint, $"?{query}"), Bench.Cancel));
        Assert.Equal(0, get.RetCode());
        Assert.Equal(["/iaas/", $"/iaas/?{query}"], _bench.Api.Calls.Kept.Select(call => call.Url));
    }

    [Fact]
    public async Task The_role_is_served_beside_the_api()
    {
        var role = await _http.GetStringAsync(new Uri(_server.Endpoint, SimulatedApi.MetadataPath), Bench.Cancel);
        Assert.Contains("id_token", role, StringComparison.Ordinal);
        using var elsewhere = await _http.GetAsync(new Uri(_server.Endpoint, "/some/file.html"), Bench.Cancel);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task A_cut_connection_is_an_error_without_a_response()
    {
        _bench.Api.AddFault("cut");
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync());
    }

    [Fact]
    public async Task A_truncated_body_is_shorter_than_it_said()
    {
        _bench.Api.AddFault("truncated");
        using var response = await PostAsync();
        Assert.True(response.Content.Headers.ContentLength > 0);
        var cut = await Assert.ThrowsAsync<HttpRequestException>(() =>
            response.Content.ReadAsStringAsync(Bench.Cancel)
        );
        var inner = Assert.IsType<HttpIOException>(cut.InnerException);
        Assert.Equal(HttpRequestError.ResponseEnded, inner.HttpRequestError);
    }

    [Fact]
    public async Task A_huge_body_is_announced_and_can_be_left()
    {
        _bench.Api.AddFault("huge");
        using var response = await PostAsync();
        Assert.Equal(1L << 30, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_silent_server_can_be_left()
    {
        _bench.Api.AddFault("silent");
        using var patience = new CancellationTokenSource();
        var unanswered = PostAsync(patience.Token);
        while (_bench.Api.Faults.Pending.Count > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(5), Bench.Cancel);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => unanswered);
        using var next = await PostAsync();
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task A_redirect_has_its_location()
    {
        _bench.Api.AddFault("redirect-loop");
        using var response = await PostAsync();
        Assert.Equal(HttpStatusCode.TemporaryRedirect, response.StatusCode);
        Assert.Equal("/iaas/", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Raw_bytes_reach_the_checks_undecoded()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _server.Endpoint.Port, Bench.Cancel);
        await using var stream = socket.GetStream();
        const string Head = "GET /iaas/?action=Describe+Jobs HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Head), Bench.Cancel);
        using var reader = new StreamReader(stream);
        Assert.Contains("U+002B", await reader.ReadToEndAsync(Bench.Cancel), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> PostAsync(CancellationToken? cancel = null) =>
        _http.SendAsync(
            _bench.Post(_bench.Parameters("DescribeJobs"), _server.Endpoint),
            HttpCompletionOption.ResponseHeadersRead,
            cancel ?? Bench.Cancel
        );
}
