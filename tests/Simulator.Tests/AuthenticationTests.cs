using System.Text.Json;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Driver.Simulation;

namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task The_official_vector_is_accepted_at_its_time()
    {
        using var vector = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "signature-vector.json"), Bench.Cancel)
        );
        var root = vector.RootElement;
        var pairs = root.GetProperty("parameters")
            .EnumerateObject()
            .Select(pair => $"{Signer.Escape(pair.Name)}={Signer.Escape(pair.Value.GetString()!)}");
        var query = $"{string.Join('&', pairs)}&signature={root.GetProperty("signature_percent_encoded").GetString()}";

        var answer = await AnswerIn2013(query);

        // Past the signature: it is only that the simulator has no such action.
        Assert.Equal(1101, answer.RetCode());
        Assert.Contains("RunInstances", answer.Message(), StringComparison.Ordinal);
        var changed = query.Replace("count=1", "count=2", StringComparison.Ordinal);
        Assert.Equal(1200, (await AnswerIn2013(changed)).RetCode());
    }

    [Theory]
    [InlineData("HmacSHA256")]
    [InlineData("HmacSHA1")]
    public async Task Both_signature_methods_work(string method)
    {
        using var bench = new Bench();
        Assert.Equal(0, (await bench.CallAsync("DescribeJobs", ("signature_method", method))).RetCode());
    }

    [Fact]
    public async Task Get_and_post_are_signed_each_with_its_own_method()
    {
        using var bench = new Bench();
        var parameters = bench.Parameters("DescribeJobs");
        Assert.Equal(0, Bench.Parse(await bench.TextAsync(bench.Get(parameters))).RetCode());

        var signedForGet = Signer.Sign("GET", "/iaas/", parameters, bench.Options.SecretAccessKey);
        Assert.Equal(1200, Bench.Parse(await bench.TextAsync(Bench.PostForm(signedForGet))).RetCode());
    }

    [Theory]
    [InlineData(" leading and trailing ")]
    [InlineData("plus + percent % amp & equals =")]
    [InlineData("灾备 ~*'()! \U0001F600")]
    public async Task A_value_is_signed_as_it_is(string value)
    {
        using var bench = new Bench();
        Assert.Equal(0, (await bench.CallAsync("DescribeJobs", ("owner", value))).RetCode());
        Assert.Equal(value, bench.Api.Calls.Kept.Single().Parameters["owner"]);
    }

    [Theory]
    [InlineData(60, 0)]
    [InlineData(-60, 0)]
    [InlineData(61, 1300)]
    [InlineData(-61, 1300)]
    public async Task A_stamp_may_be_a_minute_off(int seconds, int expected)
    {
        using var bench = new Bench();
        var stamp = Bench.Stamp(bench.Clock.GetUtcNow().AddSeconds(seconds));
        Assert.Equal(expected, (await bench.CallAsync("DescribeJobs", ("time_stamp", stamp))).RetCode());
    }

    [Fact]
    public async Task A_request_is_refused_after_it_expires()
    {
        using var bench = new Bench();
        var expires = Bench.Stamp(bench.Clock.GetUtcNow().AddSeconds(10));
        var parameters = bench.Parameters("DescribeJobs", ("expires", expires));
        Assert.Equal(0, (await bench.CallAsync(parameters)).RetCode());
        bench.Pass(11);
        Assert.Equal(1300, (await bench.CallAsync(parameters)).RetCode());
    }

    [Fact]
    public async Task An_unknown_access_key_is_refused()
    {
        using var bench = new Bench();
        Assert.Equal(1200, (await bench.CallAsync("DescribeJobs", ("access_key_id", "QYNOBODY"))).RetCode());
    }

    [Theory]
    [InlineData("version", "2", 1101)]
    [InlineData("signature_version", "2", 1101)]
    [InlineData("signature_method", "HmacMD5", 1101)]
    [InlineData("time_stamp", "2026-03-04 05:06:07", 1100)]
    [InlineData("zone", "SH1A", 1101)]
    [InlineData("zone", "", 1100)]
    [InlineData("action", "DescribeJob", 1101)]
    [InlineData("token", "abc", 1100)]
    public async Task A_bad_common_parameter_is_refused(string name, string value, int expected)
    {
        using var bench = new Bench();
        Assert.Equal(expected, (await bench.CallAsync("DescribeJobs", (name, value))).RetCode());
    }

    [Theory]
    [InlineData("action")]
    [InlineData("zone")]
    [InlineData("time_stamp")]
    [InlineData("access_key_id")]
    [InlineData("version")]
    [InlineData("signature_version")]
    public async Task A_missing_common_parameter_is_refused(string name)
    {
        using var bench = new Bench();
        var parameters = bench.Parameters("DescribeJobs");
        parameters.Remove(name);
        var answer = await bench.CallAsync(parameters);
        Assert.Equal(1100, answer.RetCode());
        Assert.Contains(name, answer.Message(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("action=DescribeJobs&action=DescribeJobs")]
    [InlineData("action=a b")]
    [InlineData("action=%zz")]
    [InlineData("action=%4")]
    [InlineData("action=%FF")]
    [InlineData("action")]
    [InlineData("action=a=b")]
    [InlineData("action=灾")]
    public async Task A_malformed_form_is_refused(string form)
    {
        using var bench = new Bench();
        Assert.Equal(1100, Bench.Parse(await bench.TextAsync(Bench.PostForm(form))).RetCode());
    }

    [Fact]
    public async Task Shape_path_and_method_of_a_request_matter()
    {
        using var bench = new Bench();
        var form = Signer.Sign("POST", "/iaas/", bench.Parameters("DescribeJobs"), bench.Options.SecretAccessKey);
        var asJson = new ApiRequest("POST", "/iaas/", form, "application/json");
        var withQuery = new ApiRequest("POST", "/iaas/?x=1", form, "application/x-www-form-urlencoded");
        Assert.Equal(1100, Bench.Parse((await bench.Api.AnswerAsync(asJson, Bench.Cancel)).Body).RetCode());
        Assert.Equal(1100, Bench.Parse((await bench.Api.AnswerAsync(withQuery, Bench.Cancel)).Body).RetCode());
        Assert.Equal(405, (await bench.Api.AnswerAsync(new ApiRequest("PUT", "/iaas/"), Bench.Cancel)).Status);
        Assert.Equal(404, (await bench.Api.AnswerAsync(new ApiRequest("GET", "/iaas"), Bench.Cancel)).Status);
    }

    [Fact]
    public async Task The_quota_is_a_sliding_window_for_each_key()
    {
        using var bench = new Bench(new ApiOptions { CallsPerWindow = 2 });
        await bench.CallAsync("DescribeJobs");
        bench.Pass(1800);
        await bench.CallAsync("DescribeJobs");
        var refused = await bench.CallAsync("DescribeJobs");
        Assert.Equal(2500, refused.RetCode());
        Assert.Contains("too many API calls", refused.Message(), StringComparison.Ordinal);

        bench.Api.AddAccessKey("QYOTHER", bench.Options.SecretAccessKey);
        Assert.Equal(0, (await bench.CallAsync("DescribeJobs", ("access_key_id", "QYOTHER"))).RetCode());

        bench.Pass(1800);
        Assert.Equal(0, (await bench.CallAsync("DescribeJobs")).RetCode());
        Assert.Equal(2500, (await bench.CallAsync("DescribeJobs")).RetCode());
    }

    private static async Task<JsonObject> AnswerIn2013(string query)
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2013, 8, 27, 14, 30, 10, TimeSpan.Zero));
        var api = new SimulatedApi(new SimulatedCloud(clock));
        api.AddAccessKey("QYACCESSKEYIDEXAMPLE", "SECRETACCESSKEY");
        return Bench.Parse((await api.AnswerAsync(new ApiRequest("GET", $"/iaas/?{query}"), Bench.Cancel)).Body);
    }
}
