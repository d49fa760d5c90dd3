using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>A resource while a run works on it: the same object, whatever becomes of its state.</summary>
internal sealed class Entry(ResourceState state)
{
    public ResourceState State { get; set; } = state;
    public Urn Urn => State.Urn;

    /// <summary>The URN that the last run knew it by, where that was another.</summary>
    public Urn? FormerUrn { get; init; }
}
