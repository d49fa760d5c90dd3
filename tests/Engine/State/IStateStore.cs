namespace QingCloudMySqlStandby.Engine.State;

/// <summary>Where a stack's state is kept between runs.</summary>
internal interface IStateStore
{
    /// <summary>The state as it was last saved.</summary>
    StackState State { get; }

    /// <summary>Whether a run has it, or had it when it was killed.</summary>
    bool IsLocked { get; set; }

    void Save(StackState state);
}

/// <summary>A state that is kept in memory.</summary>
internal sealed class MemoryStore : IStateStore
{
    public StackState State { get; private set; } = StackState.Empty;
    public bool IsLocked { get; set; }

    public void Save(StackState state) => State = state;
}
