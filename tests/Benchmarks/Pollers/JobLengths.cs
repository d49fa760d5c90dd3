using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Benchmarks.Pollers;

/// <summary>How long jobs take: around a length, each a little different, or a poller whose pause divides the length
/// would be lucky every time. The same for everyone who is compared.</summary>
internal static class JobLengths
{
    public static void Plan(SimulatedCloud cloud, int jobs, TimeSpan around)
    {
        var random = new Random(7);
        for (var job = 0; job < jobs; job++)
        {
            cloud.PlanJobs(
                new JobPlan { Service = "start_standby", Duration = around * (0.9 + (random.NextDouble() / 5)) }
            );
        }
    }
}
