using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Inputs;

namespace QingCloudMySqlStandby.Standby;

/// <summary>What a StandbyReplication puts out beside its inputs.</summary>
/// <param name="State">Where the link stands.</param>
/// <param name="JobId">The job that brought it there; null when it is out of sight.</param>
/// <param name="StartedAt">When start_standby was accepted; null when that is out of sight.</param>
/// <param name="ClusterName">The standby cluster's name.</param>
/// <param name="ClusterStatus">The standby cluster's status.</param>
internal sealed record StandbyState(
    LinkState State, string? JobId, DateTimeOffset? StartedAt, string? ClusterName, string? ClusterStatus)
{
    private static readonly string[] Outputs =
        [Names.State, Names.JobId, Names.StartedAt, Names.ClusterName, Names.ClusterStatus];

    /// <summary>The state as the engine keeps it: the inputs as they came, and the outputs.</summary>
    public PropertyMap With(PropertyMap inputs)
    {
        var state = inputs.With(Names.State, PropertyValue.Of(TextOf(State)));
        state = Add(state, Names.JobId, JobId);
        state = Add(state, Names.StartedAt, StartedAt is { } time ? Timestamp.Of(time) : null);
        state = Add(state, Names.ClusterName, ClusterName);
        return Add(state, Names.ClusterStatus, ClusterStatus);
    }

    /// <summary>What a preview can say: the inputs, and a state that follows from them; the rest is unknown.</summary>
    public static PropertyMap Previewed(PropertyMap inputs, LinkState? state)
    {
        var previewed = PropertyMap.From(inputs.Concat(Outputs.Select(name => KeyValuePair.Create(name, PropertyValue.Unknown))));
        return state is { } known ? previewed.With(Names.State, PropertyValue.Of(TextOf(known))) : previewed;
    }

    /// <summary>Reads the outputs of a state; null when it has none, as in an import.</summary>
    public static StandbyState? Read(PropertyMap state) => StateOf(state) is { } linkState
        ? new StandbyState(
            linkState,
            StandbyInputs.KnownText(state, Names.JobId),
            Timestamp.Read(StandbyInputs.KnownText(state, Names.StartedAt)),
            StandbyInputs.KnownText(state, Names.ClusterName),
            StandbyInputs.KnownText(state, Names.ClusterStatus))
        : null;

    /// <summary>The output <c>state</c>, where there is one.</summary>
    public static LinkState? StateOf(PropertyMap state) => StandbyInputs.KnownText(state, Names.State) switch
    {
        "starting" => LinkState.Starting,
        "replicating" => LinkState.Replicating,
        "promoting" => LinkState.Promoting,
        "promoted" => LinkState.Promoted,
        "stopped" => LinkState.Stopped,
        _ => null,
    };

    /// <summary>The outputs' values carried over to new inputs.</summary>
    public static PropertyMap Carry(PropertyMap oldState, PropertyMap inputs) => PropertyMap.From(
        inputs.Concat(Outputs.Where(oldState.ContainsKey).Select(name => KeyValuePair.Create(name, oldState[name]))));

    public static string TextOf(LinkState state) => state switch
    {
        LinkState.Starting => "starting",
        LinkState.Replicating => "replicating",
        LinkState.Promoting => "promoting",
        LinkState.Promoted => "promoted",
        LinkState.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "no such state"),
    };

    /// <summary>What the state file says of its link, as evidence; null in an import.</summary>
    public static KnownLink? Known(PropertyMap state)
    {
        if (Read(state) is not { } outputs)
        {
            return null;
        }

        var source = StandbyInputs.Map(state[Names.Source]);
        return new KnownLink(outputs.State, outputs.JobId, outputs.StartedAt, new Source(
            StandbyInputs.KnownText(source, Names.ClusterId),
            StandbyInputs.KnownText(source, Names.Zone),
            StandbyInputs.KnownText(source, Names.Host),
            source[Names.Port].Bare is PropertyValue.NumberValue port ? (int)port.Value : null,
            StandbyInputs.KnownText(source, Names.User),
            StandbyInputs.KnownText(source, Names.Password) is { } password and not StandbyInputs.UnreadablePassword
                ? new SecretText(password)
                : null));
    }

    private static PropertyMap Add(PropertyMap state, string name, string? value) =>
        value is null ? state.Without(name) : state.With(name, PropertyValue.Of(value));
}
