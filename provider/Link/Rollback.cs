namespace QingCloudMySqlStandby.Link;

/// <summary>What a switchover does that cannot be completed: the source becomes writable again, if this resource made it
/// read-only. A time of its own is reserved for it. After an interruption it does not run: the next run continues.</summary>
/// <param name="operation">The operation.</param>
/// <param name="id">The standby.</param>
/// <param name="progress">How far the switchover came.</param>
/// <param name="look">Looks at the standby once more.</param>
/// <param name="lift">Makes the source writable, and waits for it; before it is submitted again it makes a check.</param>
internal sealed class Rollback(
    Operation operation,
    StandbyId id,
    Progress progress,
    Func<CancellationToken, Task<ObservedStandby?>> look,
    Func<Func<CancellationToken, Task>, CancellationToken, Task<Job>> lift
)
{
    private string Source => progress.Link.Source?.ClusterId ?? "the source";

    /// <summary>Undoes what can be undone.</summary>
    /// <returns>What became of the switchover, and whether nothing of it is left.</returns>
    public async Task<(string Message, bool IsUndone)> RunAsync(Exception error)
    {
        var reason = Reason(error);
        try
        {
            var standby = await RequirePermittedAsync(operation.WholeToken);
            var job = await lift(RequirePermittedAsync, operation.WholeToken);
            var outcome =
                standby?.Link.State == LinkState.Replicating
                    ? "and the link is unchanged."
                    : $"and whether {id.ClusterId} still follows it cannot be seen: look at both in the console.";
            return job.Status == JobStatus.Successful
                ? ($"{reason} {Source} is writable again, {outcome}", true)
                : ($"{StillReadOnly($"set_readonly job {job.Id} failed")} {reason}", false);
        }
        catch (ForbiddenException forbidden)
        {
            return ($"{reason} {forbidden.Message}", false);
        }
        catch (Exception failed) when (failed is QingCloudException or OperationCanceledException or PluginException)
        {
            operation.Debug($"rollback failed: {failed}");
            var why = failed is OperationCanceledException ? "the time that is kept for this is over" : failed.Message;
            return ($"{StillReadOnly(why)} {reason}", false);
        }
    }

    /// <summary>Looks at the standby before each submission: meanwhile another user may promote it.</summary>
    private async Task<ObservedStandby?> RequirePermittedAsync(CancellationToken cancellationToken)
    {
        var standby = await look(cancellationToken);
        return standby?.Link is { } link && Forbids(link) is { } why ? throw new ForbiddenException(why) : standby;
    }

    /// <summary>Why the source is left as it is; null where it may become writable. Two writable clusters would be worse
    /// than none.</summary>
    private string? Forbids(StandbyLink link)
    {
        if (link.State == LinkState.Promoted)
            return $"{id.ClusterId} is promoted, and {Source} stays read-only.";
        if (link.State == LinkState.Promoting)
        {
            return $"promote_standby job {link.Job!.Id} is still under way, so that {Source} stays read-only.";
        }

        if (link.HasEnded)
        {
            return $"{id.ClusterId} is {Messages.Summary(link)}, and may be the live primary now, so that {Source} stays "
                + $"read-only. promoted: true accepts that. If {Source} is to serve again, set 开关只读 to OFF in the console.";
        }

        if (link.SourceReadOnly is { IsFencedByUs: false, Setting: { } setting })
        {
            return setting.IsOn
                ? $"{Source} stays read-only: another user or resource made it so too (the last set_readonly job is "
                    + $"{setting.Job.Id}). If no standby of it was promoted, set 开关只读 to OFF in the console."
                : $"{Source} is writable: set_readonly job {setting.Job.Id} of another user or resource made it so.";
        }

        // A refusal after a promotion that failed, or a tab that has vanished, suggests that it took effect: the cluster is
        // no standby any more.
        var hasTabVanished = progress.HasTabShownLink && link.Tab != TabView.Link;
        var mayBePromoted =
            link is { State: LinkState.Unknown, FailedEnd: not null }
            && (progress.WasPromotionRefused || hasTabVanished);
        return mayBePromoted
            ? $"promote_standby job {link.FailedEnd!.Id} failed, and may have promoted {id.ClusterId} anyway, so that {Source} "
                + $"stays read-only. Look at {id.ClusterId} in the console (灾备关系).\nChoose:\n- if the console shows no link: "
                + $"relinkAfter: {link.FailedEnd.Id} accepts that it was promoted;\n- if it shows one: pulumi up tries the "
                + $"promotion again, or set 开关只读 of {Source} to OFF."
            : null;
    }

    private string Reason(Exception error)
    {
        var tried =
            progress.Promotions > 0
                ? $" promote_standby was tried {progress.Promotions} times in "
                    + $"{Duration.Of(operation.Now - progress.PromotingSince!.Value)}"
                    + (progress.Failed is { } failed ? $"; job {failed.Id} ended as \"{failed.RawStatus}\"" : "")
                    + (progress.Failed is { ErrorCodes.Length: > 0 } coded ? $" ({coded.ErrorCodes})" : "")
                    + "."
                : "";
        if (progress is { Promotions: > 0, Lag: { } lag })
            tried += $" At the last look at {id.ClusterId}: {lag.Words}.";
        if (progress is { WasPromotionRefused: true, Link.Tab: not TabView.Link })
            tried += $" {Messages.Unlinked}";

        var why = error is OperationCanceledException ? operation.Interruption + "." : error.Message;
        return $"The switchover of {id.ClusterId} was not completed: {why}{tried}";
    }

    private string StillReadOnly(string failure) =>
        $"{Source} is still read-only: run pulumi up with promoted: false, or set 开关只读 to OFF in the console ({failure}).";

    /// <summary>The source must stay read-only.</summary>
    private sealed class ForbiddenException(string why) : Exception(why);
}
