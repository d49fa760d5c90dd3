namespace QingCloudMySqlStandby.Link;

/// <summary>Makes the inputs with which a program changes nothing about an existing link, whoever made it. The import
/// makes the link the resource's own.</summary>
internal static class Import
{
    /// <summary>Reads a link without a state. Where there is none, the outputs alone say so: a program that watches a
    /// cluster gets them, and an import, which needs inputs, is refused by the engine.</summary>
    public static ReadResult Read(
        Operation operation,
        StandbyId id,
        string role,
        ObservedStandby standby,
        string incarnation
    )
    {
        var link = Adoptable(operation, id, standby.Link);
        var outputs = StandbyState.Of(standby with { Link = link }, recorded: null) with
        {
            Incarnation = incarnation,
            Anchor = link.State == LinkState.Replicating ? link.Start?.Id : null,
            AnchorSource = link is { State: LinkState.Replicating, Start: not null } ? link.Source : null,
            DismissedEnd = link.State == LinkState.Replicating ? link.FailedEnd?.Id : null,
        };
        var known = PropertyMap
            .Empty.With(Names.ClusterId, id.ClusterId)
            .With(Names.Zone, id.Zone)
            .With(Names.Role, role);
        var isGone = outputs.State is LinkState.Stopped or LinkState.Unknown || (link.HasEnded && link.Source is null);
        if (isGone)
        {
            operation.Warn(WarningKind.NoLink, Messages.NoLink(id, link));
            var isPromoted = link is { State: LinkState.Promoted, Job.Status: JobStatus.Successful };
            var state = link.HasEnded && !isPromoted ? LinkState.Stopped : outputs.State;
            return new ReadResult(id.ToString(), (outputs with { State = state }).With(known), Inputs: null);
        }

        if (link.HasEnded)
            operation.Warn(WarningKind.FailedOver, Messages.FailedOverWarning(id.ClusterId, link));

        var inputs = known
            .With(Names.SyncWay, link.Start?.Request?.Link?.SyncWay is { Length: > 0 } way ? way : Names.Increment)
            .With(Names.Source, PropertyValue.Of(SourceOf(id, link.Source)))
            .With(Names.Promoted, link.State == LinkState.Promoted)
            .With(Names.FenceSource, true)
            .With(Names.OnDelete, Names.Stop);
        return new ReadResult(id.ToString(), outputs.With(inputs), inputs);
    }

    /// <summary>A start that failed may have made a link which nothing shows. Whoever imports the cluster says that it
    /// did.</summary>
    private static StandbyLink Adoptable(Operation operation, StandbyId id, StandbyLink link)
    {
        var isUnseen = link.State is LinkState.None or LinkState.Unknown;
        var start =
            link is { MayBeLinked: true } ? link.FailedStart
            : link.Unseen == Unseen.FailedEnd ? link.Start
            : null;
        if (!isUnseen || start is null)
            return link;

        operation.Warn(WarningKind.AdoptedUnseen, Messages.AdoptedUnseenWarning(id.ClusterId, start));
        return link with
        {
            State = LinkState.Replicating,
            Job = start,
            Start = start,
            Source = start.Request?.Link is { } asked ? Source.Of(asked) : link.Source,
        };
    }

    private static PropertyMap SourceOf(StandbyId id, Source? source) =>
        source is { ClusterId: not null, Zone: not null, Host: not null, User: not null }
            ? source
                .Properties.With(Names.Port, source.Port ?? Names.DefaultPort)
                .With(Names.Password, PropertyValue.Of(StandbyInputs.UnreadablePassword).AsSecret())
            : throw Messages.SourceNotReadable(id);
}
