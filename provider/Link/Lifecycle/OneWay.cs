namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>Two clusters never follow each other. In a fail-back the old source becomes a standby of the new primary:
/// only once that one has been promoted.</summary>
internal static class OneWay
{
    /// <summary>Requires that the source is no standby of the standby itself. A preview does not ask, as the same run
    /// may promote it. A source whose zone is out of reach or not ours is nobody's standby that we know of.</summary>
    public static async Task RequireAsync(
        LinkReader reader,
        StandbyId standby,
        LinkParameters link,
        CancellationToken cancellationToken
    )
    {
        ObservedLink reverse;
        try
        {
            reverse = await reader.ReadJobsAsync(
                new StandbyId(link.SourceZone, link.SourceClusterId),
                cancellationToken
            );
        }
        catch (QingCloudException)
        {
            return;
        }

        if (
            reverse is { State: not LinkState.None, IsFailedOver: false }
            && reverse.Source?.ClusterId == standby.ClusterId
        )
        {
            throw Refusal.BothWays(standby, link.SourceClusterId, reverse);
        }
    }
}
