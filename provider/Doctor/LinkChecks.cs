using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Link.Evidence;

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
        return standby?.Link switch
        {
            null => [],
            { Job: null } link =>
            [
                Finding.NotSeen(
                    "link",
                    Messages.Summary(link),
                    "No job shows what links the cluster, or there has never been a link."
                ),
            ],
            { } link =>
            [
                Finding.Ok(
                    "link",
                    link.Source?.ClusterId is { } source
                        ? $"{Messages.Summary(link)}; its source is {source}"
                        : Messages.Summary(link)
                ),
            ],
        };
    }
}
