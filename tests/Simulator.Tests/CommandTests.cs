using System.Diagnostics;

namespace QingCloudMySqlStandby.Simulator.Tests;

/// <summary>The command as a process of its own.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task It_says_where_it_listens_and_logs_no_secrets()
    {
        using var process = Start(
            "--log", "--cluster", "cl-mine:gd2:mine", "--job-duration", "1h", "--job-duration", "stop_standby=1s",
            "--access-key", "QYMINE", "--secret-key", "mine", "--body-form", "PythonDict", "--fault", "ret=5100,action=DescribeJobs");
        try
        {
            var first = await process.StandardOutput.ReadLineAsync(Bench.Cancel);
            Assert.StartsWith("listening on http://127.0.0.1:", first, StringComparison.Ordinal);
            Assert.EndsWith("/iaas/", first, StringComparison.Ordinal);
            var endpoint = new Uri(first!["listening on ".Length..]);

            using var bench = new Bench(new ApiOptions { AccessKeyId = "QYMINE", SecretAccessKey = "mine" });
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            var now = ("time_stamp", Bench.Stamp(DateTimeOffset.UtcNow));
            var faulty = await http.SendAsync(bench.Post(bench.Parameters("DescribeJobs", now), endpoint), Bench.Cancel);
            Assert.Contains("5100", await faulty.Content.ReadAsStringAsync(Bench.Cancel), StringComparison.Ordinal);

            var start = bench.StartParameters();
            start["time_stamp"] = now.Item2;
            start["zone"] = "gd2";
            start["cluster"] = "cl-mine";
            var started = await http.SendAsync(bench.Post(start, endpoint), Bench.Cancel);
            Assert.Contains("u'ret_code': 0", await started.Content.ReadAsStringAsync(Bench.Cancel), StringComparison.Ordinal);

            Assert.EndsWith("POST DescribeJobs status=200 fault=RetCode", await process.StandardOutput.ReadLineAsync(Bench.Cancel), StringComparison.Ordinal);
            Assert.EndsWith(
                "POST RunClusterCustomService cl-mine start_standby ret_code=0",
                await process.StandardOutput.ReadLineAsync(Bench.Cancel),
                StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(Bench.Cancel);
        }
    }

    [Theory]
    [InlineData("--fault", "explode")]
    [InlineData("--cluster", "orders")]
    [InlineData("--job-duration", "soon")]
    [InlineData("--role-lifetime", "x")]
    [InlineData("--cluster", "cl-twice", "--cluster", "cl-twice")]
    public async Task A_wrong_argument_ends_it_with_a_reason(string option, string value, params string[] more)
    {
        using var process = Start([option, value, .. more]);
        await process.WaitForExitAsync(Bench.Cancel);
        Assert.Equal(2, process.ExitCode);
        Assert.Contains($"'{value}'", await process.StandardError.ReadToEndAsync(Bench.Cancel), StringComparison.Ordinal);
    }

    private static Process Start(params string[] arguments)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "qingcloud-simulator.dll");
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }
}
