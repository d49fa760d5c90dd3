namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>A StandbyReplication's outputs beside its inputs. The job that brought the link to its state, and the time
/// when start_standby was accepted, are null when they are out of sight.</summary>
internal sealed record StandbyState(
    LinkState State,
    string? JobId,
    DateTimeOffset? StartedAt,
    string? ClusterName,
    string? ClusterStatus
)
{
    private static readonly string[] Outputs =
    [
        Names.State,
        Names.JobId,
        Names.StartedAt,
        Names.ClusterName,
        Names.ClusterStatus,
        Names.Incarnation,
    ];

    /// <summary>The token of the Create that made it, see <see cref="Incarnations"/>; null for an import.</summary>
    public string? Incarnation { get; init; }

    /// <summary>The outputs of an observed standby; where the jobs are out of sight, what the state file knew of them
    /// stays. A stop that is under way may still fail: until it has ended, the link is up.</summary>
    public static StandbyState Of(ObservedStandby standby, RecordedLink? recorded)
    {
        var link = standby.Link;
        var isUnfinished =
            BrokenOffRestart.Is(link, recorded, cutBy: null)
            || (recorded?.State == LinkState.Starting && link is { State: LinkState.None, Job: null });
        var isStopping = link.State == LinkState.Stopping && !isUnfinished;
        var state =
            isUnfinished ? LinkState.Starting
            : isStopping ? LinkState.Replicating
            : link.State == LinkState.None ? LinkState.Stopped
            : link.State;
        return new StandbyState(
            state,
            (isStopping ? link.StartJob : link.Job)?.Id ?? recorded?.JobId,
            link.StartJob?.CreatedAt ?? recorded?.StartedAt,
            standby.Cluster.Name,
            standby.Cluster.Status
        );
    }

    /// <summary>The state as the engine keeps it: the inputs as they came, and the outputs.</summary>
    public PropertyMap With(PropertyMap inputs) =>
        inputs
            .With(Names.State, State.Text())
            .With(Names.JobId, JobId)
            .With(Names.StartedAt, Timestamp.Of(StartedAt))
            .With(Names.ClusterName, ClusterName)
            .With(Names.ClusterStatus, ClusterStatus)
            .With(Names.Incarnation, Incarnation);

    /// <summary>What a preview can say: the inputs, and a state that follows from them; the rest is unknown.</summary>
    public static PropertyMap Previewed(PropertyMap inputs, bool? promoted)
    {
        LinkState? state =
            promoted is null ? null
            : promoted == true ? LinkState.Promoted
            : LinkState.Replicating;
        return Outputs
            .Where(name => name != Names.Incarnation)
            .Aggregate(inputs, (previewed, name) => previewed.With(name, PropertyValue.Unknown))
            .With(Names.State, state?.Text());
    }

    /// <summary>The outputs' values carried over to new inputs.</summary>
    public static PropertyMap Carry(PropertyMap oldState, PropertyMap inputs) =>
        PropertyMap.From(
            inputs.Concat(Outputs.Where(oldState.ContainsKey).Select(name => KeyValuePair.Create(name, oldState[name])))
        );

    public static LinkState? StateOf(PropertyMap state) =>
        LinkStateText.Read(StandbyInputs.KnownText(state, Names.State));

    public static string? IncarnationOf(PropertyMap state) => StandbyInputs.KnownText(state, Names.Incarnation);

    /// <summary>What the state file says of its link, as evidence; null in an import.</summary>
    public static RecordedLink? Recorded(PropertyMap state)
    {
        if (StateOf(state) is not { } linkState)
            return null;

        var source = StandbyInputs.Map(state[Names.Source]);
        var password = StandbyInputs.KnownText(source, Names.Password);
        return new RecordedLink(
            linkState,
            StandbyInputs.KnownText(state, Names.JobId),
            Timestamp.Read(StandbyInputs.KnownText(state, Names.StartedAt)),
            new Source(
                StandbyInputs.KnownText(source, Names.ClusterId),
                StandbyInputs.KnownText(source, Names.Zone),
                StandbyInputs.KnownText(source, Names.Host),
                source[Names.Port].Bare is PropertyValue.NumberValue port ? (int)port.Value : null,
                StandbyInputs.KnownText(source, Names.User),
                password is null or StandbyInputs.UnreadablePassword ? null : new SecretText(password)
            )
        );
    }
}
