using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Link.Evidence;
using QingCloudMySqlStandby.Link.Health;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>What links the cluster, who did it and when, as the provider would say.</summary>
internal static class LinkChecks
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(
        IQingCloud cloud,
        TimeProvider time,
        StandbyId id,
        CancellationToken cancellationToken
    )
    {
        var subject = new LinkSubject(id, Names.DefaultRole);
        var standby = await new LinkReader(cloud, time).LookAsync(
            subject,
            Extent.Tab,
            Freshness.Live,
            cancellationToken
        );
        if (standby is null)
            return [];

        return [Link(standby.Link), await SourceAsync(cloud, id, standby, cancellationToken)];
    }

    private static Finding Link(StandbyLink link) =>
        link.Job is null
            ? Finding.NotSeen(
                "link",
                Messages.Summary(link),
                "No job shows what links the cluster, or there has never been a link."
            )
            : Finding.Ok(
                "link",
                link.Source?.ClusterId is { } source
                    ? $"{Messages.Summary(link)}; its source is {source}"
                    : Messages.Summary(link)
            );

    /// <summary>What the source needs too, where the link shows which cluster that is.</summary>
    private static async Task<Finding> SourceAsync(
        IQingCloud cloud,
        StandbyId id,
        ObservedStandby standby,
        CancellationToken cancellationToken
    )
    {
        const string check = "link-parameters";
        if (standby.Link.Source is not { ClusterId: { } source, Zone: { } zone })
            return Finding.NotSeen(check, "no source is known", "Its parameters and version were not compared.");

        var sourceId = new StandbyId(zone, source);
        var row = await cloud.FindClusterAsync(zone, source, Freshness.Live, cancellationToken);
        var link = new NewLink(standby.Cluster, id, sourceId, row, Gap: null);
        var warnings = await new ParameterCheck(cloud).RunAsync(link, cancellationToken);
        return warnings.Count == 0
            ? Finding.Ok(check, "both sides are as QingCloud requires")
            : Finding.Differs(check, string.Join(" ", warnings), "The link may fail, or fall behind.");
    }
}
