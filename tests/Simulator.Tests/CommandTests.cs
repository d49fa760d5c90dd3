using System.Diagnostics;

namespace QingCloudMySqlStandby.Simulator.Tests;

/// <summary>The command as a process of its own.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly Bench _bench = new(new ApiOptions("QYMINE", "mine"));
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private Uri _endpoint = Bench.Root;

    public void Dispose()
    {
        _http.Dispose();
        _bench.Dispose();
    }

    [Fact]
    public async Task It_says_where_it_listens_and_logs_no_secrets()
    {
        using var process = Start(
            "--log",
            "--cluster",
            "cl-mine:gd2:mine",
            "--job-duration",
            "1h",
            "--job-duration",
            "stop_standby=1s",
            "--access-key",
            "QYMINE",
            "--secret-key",
            "mine",
            "--body-form",
            "PythonDict",
            "--knob",
            "echo=without-sender",
            "--knob",
            "PasswordMask=EightStars",
            "--knob",
            "JobAction=refused1101",
            "--fault",
            "ret=5100,action=DescribeJobs"
        );
        try
        {
            _endpoint = new Uri((await LineAsync(process))["listening on ".Length..]);
            Assert.Equal(("127.0.0.1", "/iaas/"), (_endpoint.Host, _endpoint.AbsolutePath));

            Assert.Contains("5100", await CallAsync("DescribeJobs", ("job_action", "x")), StringComparison.Ordinal);
            Assert.Matches(@"\A[\d:.]{12} POST DescribeJobs status=200 fault=RetCode\z", await LineAsync(process));

            var started = await CallAsync(
                "RunClusterCustomService",
                ("cluster", "cl-mine"),
                ("role", "maininstance"),
                ("service", "start_standby"),
                ("service_params", Bench.ServiceParams),
                ("req_id", "0123456789abcdef"),
                ("stray", "value")
            );
            Assert.Contains("u'ret_code': 0", started, StringComparison.Ordinal);
            Assert.Matches(
                @"\A[\d:.]{12} POST RunClusterCustomService cl-mine start_standby ret_code=0\z",
                await LineAsync(process)
            );

            Assert.Contains("1101", await CallAsync("DescribeJobs", ("job_action", "x")), StringComparison.Ordinal);
            var jobs = await CallAsync("DescribeJobs");
            Assert.Contains("start_standby", jobs, StringComparison.Ordinal);
            Assert.DoesNotContain("sender", jobs, StringComparison.Ordinal);
            Assert.DoesNotContain(Bench.Password, jobs, StringComparison.Ordinal);
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
    [InlineData("--knob", "Echo")]
    [InlineData("--cluster", "cl-twice", "--cluster", "cl-twice")]
    public async Task A_wrong_argument_ends_it_with_a_reason(string option, string value, params string[] more)
    {
        using var process = Start([option, value, .. more]);
        await process.WaitForExitAsync(Bench.Cancel);
        Assert.Equal(2, process.ExitCode);
        var reason = await process.StandardError.ReadToEndAsync(Bench.Cancel);
        Assert.Contains($"'{value}'", reason, StringComparison.Ordinal);
    }

    private static async Task<string> LineAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync(Bench.Cancel) ?? throw new EndOfStreamException();

    private async Task<string> CallAsync(string action, params (string, string)[] own)
    {
        var now = Bench.Stamp(DateTimeOffset.UtcNow);
        var parameters = _bench.Parameters(action, [.. own, ("zone", "gd2"), ("time_stamp", now)]);
        using var response = await _http.SendAsync(_bench.Post(parameters, _endpoint), Bench.Cancel);
        return await response.Content.ReadAsStringAsync(Bench.Cancel);
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
