using QingCloudMySqlStandby.Environments;

namespace QingCloudMySqlStandby.Benchmarks.Pollers;

/// <summary>This provider, whole, against the simulator, with the quota of a new account kept by both.</summary>
internal static class SharedPoller
{
    public const int Quota = 2000;

    public static (Waited Waited, int OtherCalls) Run(int links, TimeSpan job)
    {
        var polls = new List<DateTimeOffset>();
        using var environment = new TestEnvironment(
            callsPerHour: Quota,
            observer: call =>
            {
                if (call.Action == "DescribeJobs" && call.Parameters["jobs.1"] is not null)
                    polls.Add(call.At);
            }
        );
        var fleet = new Fleet(environment, links, Quota);
        JobLengths.Plan(environment.Cloud, links, job);
        IReadOnlyList<CreatedLink> created = [];
        environment.Run(async () => created = await fleet.CreateAsync());
        return (new Waited(polls, created), environment.Api.Calls.Total - polls.Count - links);
    }
}
