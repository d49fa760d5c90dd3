using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Reliability.Tests.Scripts;

namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>What the state file says after a look is what the cloud has.</summary>
internal static class Agreement
{
    /// <summary>Reads of one process share answers that are this old at most.</summary>
    private static readonly TimeSpan SharedFor = TimeSpan.FromSeconds(5);

    /// <summary>Checks what each operation that succeeded left behind, unless the cloud went on meanwhile. Without
    /// directives no job that has ended says which service it was: the state file is believed then.</summary>
    public static void Check(
        TestEnvironment environment,
        Echo echo,
        IReadOnlyList<ResourceState> links,
        IEnumerable<Operation> ended
    )
    {
        foreach (
            var operation in ended.Where(operation => operation is { Error: null, Ended: not null, IsPreview: false })
        )
        {
            var past = new ClusterPast(environment, operation.ClusterId);
            if (
                HasGoneOn(operation, past)
                || past.IsMisleading
                || past.Jobs is [.., { UnderWay: true, Visible: false }]
                || echo == Echo.None
            )
            {
                continue;
            }

            if (operation.Kind == OperationKind.Delete)
                CheckGone(environment, links, operation, past);
            else if (operation.NewState is { } state)
                Check(environment, echo, operation, state, past);
        }
    }

    /// <summary>A link of ours has ended, unless another resource has taken it over.</summary>
    private static void CheckGone(
        TestEnvironment environment,
        IReadOnlyList<ResourceState> links,
        Operation operation,
        ClusterPast past
    )
    {
        var link = past.LinkBefore(environment.Clock.GetUtcNow());
        var isGone =
            environment.Cloud.Cluster(operation.ClusterId) is not { Status: ClusterStatus.Active, Link: not null };
        Require(
            link is null || !ClusterPast.IsByApi(link) || isGone || links.Any(resource => resource.Id == operation.Id),
            operation,
            "nothing",
            $"the link of job {link?.Id}"
        );
    }

    private static void Check(
        TestEnvironment environment,
        Echo echo,
        Operation operation,
        PropertyMap state,
        ClusterPast past
    )
    {
        var said = Text(state, "state") ?? "nothing";
        var cluster = environment.Cloud.Cluster(operation.ClusterId);
        Require(
            cluster is { Status: not (ClusterStatus.Deleted or ClusterStatus.Ceased) },
            operation,
            said,
            "there " + "is no cluster"
        );
        var allowed = Allowed(cluster!, past, state).ToList();
        Require(allowed.Contains(said), operation, said, string.Join(" or ", allowed));
        Require(
            Text(state, "jobId") is not { } jobId || environment.Cloud.Job(jobId) is not null,
            operation,
            $"job {Text(state, "jobId")}",
            "no such job"
        );
        if (
            cluster!.Link is { } link
            && said is "starting" or "replicating"
            && past.Jobs[^1] is not { UnderWay: true, Service: "stop_standby" }
        )
        {
            CheckSource(
                operation,
                state,
                link.Source,
                isJobShown: echo != Echo.None && environment.Cloud.Job(link.JobId) is { Visible: true }
            );
        }
    }

    private static IEnumerable<string> Allowed(ClusterView cluster, ClusterPast past, PropertyMap state)
    {
        var last = past.Jobs is [.., var newest] ? newest : null;
        if (last is { UnderWay: true })
        {
            return last.Service switch
            {
                "start_standby" => ["starting"],
                "promote_standby" => ["promoting"],
                _ => ["replicating", "starting"],
            };
        }

        if (cluster.Link is not null)
            return ["replicating"];

        // A start that did not come to its end is ours to finish when the state file says so and names it, or our stop
        // before it; starts that failed after that stop have changed nothing.
        var own = past.Jobs.LastOrDefault(job => job.Id == Text(state, "jobId"));
        var isLast =
            own is not null
            && past.Jobs.SkipWhile(job => job != own)
                .Skip(1)
                .All(job => job is { Service: "start_standby", Status: JobStatus.Failed or JobStatus.DoneWithFailure });
        var isUnfinished = isLast && (own!.Service == "start_standby" || ClusterPast.IsByApi(own));

        // A start whose answer was lost for good may have come to nothing: no job is named then.
        var isLost = Text(state, "jobId") is null && cluster.Release == Release.None;
        string[] unfinished = isUnfinished || isLost ? ["starting"] : [];
        return unfinished.Append(cluster.Release == Release.Promoted ? "promoted" : "stopped");
    }

    /// <summary>A look shows the source that there is; a create makes the one that is declared. An update leaves alone
    /// what the program did not change, so that a change of the address at the console is the next refresh's to
    /// tell.</summary>
    private static void CheckSource(Operation operation, PropertyMap state, SourceEndpoint real, bool isJobShown)
    {
        var said = ((PropertyValue.MapValue)state["source"].Bare).Map;
        RequireEqual(operation, said, "clusterId", real.ClusterId);
        RequireEqual(operation, said, "zone", real.Zone);
        if (operation.Kind != OperationKind.Update)
        {
            RequireEqual(operation, said, "host", real.Host);
            RequireEqual(operation, said, "user", real.User);
        }

        // Nothing but the job shows the password.
        if (operation.Kind == OperationKind.Create && isJobShown)
            RequireEqual(operation, said, "password", real.Password);
    }

    private static void RequireEqual(Operation operation, PropertyMap said, string name, string real) =>
        Require(
            Text(said, name) == real,
            operation,
            $"{name} {(name == "password" ? "of another link" : Text(said, name))}",
            name == "password" ? "another" : real
        );

    private static void Require(bool holds, Operation operation, string said, string real)
    {
        if (!holds)
        {
            throw new ViolationException(
                "state and cloud agree",
                $"after {operation.Kind} of {operation.Name} ({operation.Id}) the state says {said}; in truth: {real}"
            );
        }
    }

    /// <summary>Whether the operation cannot have seen the last of it. What waits for a job sees that job, and nothing
    /// else that happens meanwhile.</summary>
    private static bool HasGoneOn(Operation operation, ClusterPast past) =>
        operation.Kind == OperationKind.Read
            ? past.HasChangedSince(operation.Began - SharedFor)
            : past.WasInterferedWithSince(operation.Began) || past.HasChangedSince(operation.Ended!.Value);

    private static string? Text(PropertyMap map, string name) =>
        map[name].Bare is PropertyValue.TextValue text ? text.Value : null;
}
