using QingCloudMySqlStandby.QingCloud.Calls;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>The calls of the examination: each of them reads, and changes nothing.</summary>
internal sealed class Questions(QingCloudClient client, string zone)
{
    public int Asked { get; private set; }

    /// <summary>Lists jobs, newest first.</summary>
    public Task<JsonElement> JobsAsync(int offset, int limit, string? action, CancellationToken cancellationToken)
    {
        var call = new ApiCall("DescribeJobs", zone, "list of jobs")
            .With("offset", FormattableString.Invariant($"{offset}"))
            .With("limit", FormattableString.Invariant($"{limit}"))
            .With("verbose", "0");
        return AskAsync(action is null ? call : call.With("job_action", action), cancellationToken);
    }

    /// <summary>Asks for one job by its id.</summary>
    public Task<JsonElement> JobAsync(string id, CancellationToken cancellationToken) =>
        AskAsync(
            new ApiCall("DescribeJobs", zone, $"job {id}").WithList("jobs", [id]).With("verbose", "0"),
            cancellationToken
        );

    /// <summary>Lists clusters: all, or one.</summary>
    public Task<JsonElement> ClustersAsync(string? id, CancellationToken cancellationToken)
    {
        var call = new ApiCall("DescribeClusters", zone, id is null ? "list of clusters" : $"cluster {id}")
            .With("limit", id is null ? "1" : "100")
            .With("verbose", "1");
        return AskAsync(id is null ? call : call.WithList("clusters", [id]), cancellationToken);
    }

    /// <summary>Reads what a cluster's tab shows.</summary>
    public Task<JsonElement> TabAsync(string cluster, string tab, CancellationToken cancellationToken) =>
        AskAsync(
            new ApiCall("DescribeClusterDisplayTabs", zone, $"tab {tab} of cluster {cluster}")
                .With("cluster", cluster)
                .With("display_tabs", tab)
                .With("role", Names.DefaultRole),
            cancellationToken
        );

    /// <summary>Lists the last jobs on all clusters of an app.</summary>
    public Task<JsonElement> AppJobsAsync(string app, CancellationToken cancellationToken) =>
        AskAsync(
            new ApiCall("DescribeClusterJobs", zone, $"jobs of app {app}")
                .With("app", app)
                .With("limit", FormattableString.Invariant($"{JobChecks.PageSize}"))
                .With("verbose", "0"),
            cancellationToken
        );

    /// <summary>The answer, or QingCloud's refusal to give one: that is a finding, and no reason to end.</summary>
    public static async Task<(JsonElement? Answer, QingCloudException? Refusal)> TryAsync(Task<JsonElement> question)
    {
        try
        {
            return (await question, null);
        }
        catch (QingCloudException refusal)
            when (refusal.Kind is FailureKind.InvalidRequest or FailureKind.NotFound or FailureKind.PermissionDenied)
        {
            return (null, refusal);
        }
    }

    private Task<JsonElement> AskAsync(ApiCall call, CancellationToken cancellationToken)
    {
        Asked++;
        return client.ReadAsync(call, cancellationToken);
    }
}
