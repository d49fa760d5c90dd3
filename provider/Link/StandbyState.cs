namespace QingCloudMySqlStandby.Link;

/// <summary>A StandbyReplication's outputs beside its inputs.</summary>
/// <param name="State">The output <c>state</c>.</param>
/// <param name="JobId">The job that brought the link to that state; null where it is not seen.</param>
/// <param name="StartedAt">When start_standby was accepted; null where its job is not seen.</param>
/// <param name="ClusterName">The standby cluster's name.</param>
/// <param name="ClusterStatus">The standby cluster's status.</param>
internal sealed record StandbyState(
    LinkState State,
    string? JobId,
    DateTimeOffset? StartedAt,
    string? ClusterName,
    string? ClusterStatus
)
{
    private static readonly string[] Shown =
    [
        Names.State,
        Names.JobId,
        Names.StartedAt,
        Names.ClusterName,
        Names.ClusterStatus,
    ];

    private static readonly string[] Hidden =
    [
        Names.Incarnation,
        Names.Anchor,
        Names.AnchorSource,
        Names.Awaited,
        Names.PendingStop,
        Names.DismissedEnd,
        Names.Fence,
        Names.FenceLift,
    ];

    /// <summary>The token of the Create or import that made it, see <see cref="Incarnations"/>.</summary>
    public string? Incarnation { get; init; }

    /// <inheritdoc cref="RecordedLink.Anchor"/>
    public string? Anchor { get; init; }

    /// <inheritdoc cref="RecordedLink.AnchorSource"/>
    public Source? AnchorSource { get; init; }

    /// <inheritdoc cref="RecordedLink.Awaited"/>
    public string? Awaited { get; init; }

    /// <inheritdoc cref="RecordedLink.PendingStop"/>
    public string? PendingStop { get; init; }

    /// <inheritdoc cref="RecordedLink.DismissedEnd"/>
    public string? DismissedEnd { get; init; }

    /// <inheritdoc cref="RecordedLink.Fence"/>
    public string? Fence { get; init; }

    /// <inheritdoc cref="RecordedLink.FenceLift"/>
    public string? FenceLift { get; init; }

    /// <summary>The outputs of an observed standby; where jobs are not seen, what the state file knew of them stays. The
    /// anchor stays in any case: only an operation that saw its own start succeed sets another.</summary>
    public static StandbyState Of(ObservedStandby standby, RecordedLink? recorded)
    {
        var link = standby.Link;
        var state = StateOf(link, recorded);
        var job = state == LinkState.Replicating ? link.Start : link.Job;
        return new StandbyState(
            state,
            job?.Id ?? recorded?.JobId,
            link.Start?.CreatedAt ?? recorded?.StartedAt,
            standby.Cluster.Name,
            standby.Cluster.Status
        )
        {
            Anchor = recorded?.Anchor,
            AnchorSource = recorded?.AnchorSource,
            Awaited = recorded?.Awaited,
            PendingStop = link.End is { IsPendingRestart: true } ? recorded?.PendingStop : null,
            DismissedEnd = recorded?.DismissedEnd,
            Fence = link.SourceReadOnly is { } source
                ? (source.IsFencedByUs ? source.Setting!.Job.Id : null)
                : recorded?.Fence,
            FenceLift =
                link.SourceReadOnly is null || link.SourceReadOnly.Setting?.Job.Id == recorded?.FenceLift
                    ? recorded?.FenceLift
                    : null,
        };
    }

    /// <summary>A stop that is under way may still fail: until it has ended, a link that there was is up. A stop whose start
    /// is still to follow is half of a restart; a source that this resource made read-only is half of a
    /// switchover.</summary>
    private static LinkState StateOf(StandbyLink link, RecordedLink? recorded) =>
        link switch
        {
            { End.IsPendingRestart: true } => LinkState.Starting,
            { State: LinkState.Stopping, End: { } end } => end.Kind == EndKind.Promotion
                ? LinkState.Promoted
                : LinkState.Stopped,
            { State: LinkState.Stopping, Start: null, IsComplete: true, MayBeLinked: false, Tab: not TabView.Link } =>
                LinkState.Stopped,
            { State: LinkState.Replicating or LinkState.Stopping, SourceReadOnly.IsFencedByUs: true } =>
                LinkState.Promoting,
            { State: LinkState.Stopping } => LinkState.Replicating,
            { State: LinkState.None, MayBeLinked: true } => LinkState.Unknown,
            { End.IsOwnPromotion: true, MayBeLinked: true, IsOwnFailedStart: false } => LinkState.Unknown,
            { State: LinkState.None } => recorded?.State == LinkState.Starting ? LinkState.Starting : LinkState.Stopped,
            _ => link.State,
        };

    /// <summary>The state as the engine keeps it: the inputs as they came, and the outputs.</summary>
    public PropertyMap With(PropertyMap inputs)
    {
        var state = Secrets
            .Mark(inputs)
            .With(Names.State, State.Text())
            .With(Names.JobId, JobId)
            .With(Names.StartedAt, Timestamp.Of(StartedAt))
            .With(Names.ClusterName, ClusterName)
            .With(Names.ClusterStatus, ClusterStatus)
            .With(Names.Incarnation, Incarnation)
            .With(Names.Anchor, Anchor)
            .With(Names.Awaited, Awaited)
            .With(Names.PendingStop, PendingStop)
            .With(Names.DismissedEnd, DismissedEnd)
            .With(Names.Fence, Fence)
            .With(Names.FenceLift, FenceLift);

        // A program may have marked its source as secret.
        return AnchorSource is null
            ? state
            : state.With(Names.AnchorSource, PropertyValue.Of(AnchorSource.Properties).AsSecret());
    }

    /// <summary>What a preview of a new resource can say: the inputs, and the state that follows from them.</summary>
    public static PropertyMap Previewed(PropertyMap inputs, bool? promoted)
    {
        LinkState? state =
            promoted is null ? null
            : promoted == true ? LinkState.Promoted
            : LinkState.Replicating;
        return Shown
            .Aggregate(Secrets.Mark(inputs), (previewed, name) => previewed.With(name, PropertyValue.Unknown))
            .With(Names.State, state?.Text());
    }

    /// <summary>What a preview of an update can say. The cluster stays the same one, and so does its name.</summary>
    public static PropertyMap PreviewedUpdate(PropertyMap oldState, PropertyMap inputs, bool? promoted)
    {
        var previewed = Previewed(inputs, promoted);
        return oldState.TryGetValue(Names.ClusterName, out var name)
            ? previewed.With(Names.ClusterName, name)
            : previewed;
    }

    /// <summary>The outputs' values carried over to new inputs.</summary>
    public static PropertyMap Carry(PropertyMap oldState, PropertyMap inputs) =>
        PropertyMap.From(
            Secrets
                .Mark(inputs)
                .Concat(
                    Shown
                        .Concat(Hidden)
                        .Where(oldState.ContainsKey)
                        .Select(name => KeyValuePair.Create(name, oldState[name]))
                )
        );

    public static LinkState? StateOf(PropertyMap state) =>
        LinkStateText.Read(StandbyInputs.KnownText(state, Names.State));

    public static string? IncarnationOf(PropertyMap state) => StandbyInputs.KnownText(state, Names.Incarnation);

    /// <summary>What the state file says of its link, as evidence; null where there is none, as in an import. A state
    /// whose output <c>state</c> was removed by hand says nothing of where the link stands.</summary>
    public static RecordedLink? Recorded(PropertyMap state)
    {
        if (state.Count == 0)
            return null;

        var linkState = StateOf(state) ?? LinkState.Unknown;
        var jobId = StandbyInputs.KnownText(state, Names.JobId);
        return new RecordedLink(
            linkState,
            jobId,
            Timestamp.Read(StandbyInputs.KnownText(state, Names.StartedAt)),
            SourceOf(StandbyInputs.Map(state[Names.Source]))
        )
        {
            AnchorSource = state.ContainsKey(Names.AnchorSource)
                ? SourceOf(StandbyInputs.Map(state[Names.AnchorSource]))
                : null,
            Anchor = StandbyInputs.KnownText(state, Names.Anchor) ?? AnchorOfEarlierVersion(state, linkState, jobId),
            Awaited = StandbyInputs.KnownText(state, Names.Awaited) ?? AwaitedOfEarlierVersion(state, linkState, jobId),
            PendingStop = StandbyInputs.KnownText(state, Names.PendingStop),
            DismissedEnd = StandbyInputs.KnownText(state, Names.DismissedEnd),
            IsOfEarlierVersion = IsOfEarlierVersion(state),
            Fence = StandbyInputs.KnownText(state, Names.Fence),
            FenceLift = StandbyInputs.KnownText(state, Names.FenceLift),
        };
    }

    private static Source SourceOf(PropertyMap source)
    {
        var password = StandbyInputs.KnownText(source, Names.Password);
        return new Source(
            StandbyInputs.KnownText(source, Names.ClusterId),
            StandbyInputs.KnownText(source, Names.Zone),
            StandbyInputs.KnownText(source, Names.Host),
            source[Names.Port].Bare is PropertyValue.NumberValue port ? (int)port.Value : null,
            StandbyInputs.KnownText(source, Names.User),
            password is null or StandbyInputs.UnreadablePassword ? null : new SecretText(password)
        );
    }

    /// <summary>Version 0.1.0 kept no anchor: the job of a running link is its start.</summary>
    private static string? AnchorOfEarlierVersion(PropertyMap state, LinkState linkState, string? jobId) =>
        IsOfEarlierVersion(state) && linkState == LinkState.Replicating ? jobId : null;

    /// <summary>Version 0.1.0 named the job that was waited for in the output <c>jobId</c>.</summary>
    private static string? AwaitedOfEarlierVersion(PropertyMap state, LinkState linkState, string? jobId) =>
        IsOfEarlierVersion(state) && linkState is LinkState.Starting or LinkState.Promoting ? jobId : null;

    private static bool IsOfEarlierVersion(PropertyMap state) => !state.ContainsKey(Names.FenceSource);
}
