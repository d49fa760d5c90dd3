using System.Diagnostics;

namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class SpeedTests
{
    [Fact]
    public async Task Model_based_tests_can_make_calls_by_the_thousand()
    {
        using var bench = new Bench(new ApiOptions { CallsPerWindow = int.MaxValue, CallLogLimit = 100 });
        bench.Link();
        var parameters = bench.Parameters("DescribeJobs", ("jobs.1", bench.Cloud.Jobs[0].Id));
        var query = Signer.Sign("GET", "/iaas/", parameters, bench.Options.SecretAccessKey);
        var request = new ApiRequest("GET", $"/iaas/?{query}");
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 20_000; i++)
            await bench.Api.AnswerAsync(request, Bench.Cancel);

        Assert.Equal((20_000, 100), (bench.Api.Calls.Total, bench.Api.Calls.Kept.Count));

        // A few seconds even on a busy machine; far from it means that something grows with the number of calls.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }
}
