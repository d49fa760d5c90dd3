namespace QingCloudMySqlStandby.Environments;

/// <summary>What the engine asks of the provider for one resource.</summary>
internal enum OperationKind
{
    Create,
    Read,
    Update,
    Delete,
}

/// <summary>One call of the provider for one resource, for tests to look back on.</summary>
internal sealed class Operation(OperationKind kind, string urn, string id, DateTimeOffset began)
{
    public OperationKind Kind { get; } = kind;
    public string Urn { get; } = urn;
    public string Name { get; } = urn.Split("::")[^1];

    /// <summary><c>zone/cluster</c>; of a create, what its inputs say.</summary>
    public string Id { get; } = id;

    public string ClusterId { get; } = id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public DateTimeOffset Began { get; } = began;
    public bool IsPreview { get; init; }

    /// <summary>What the state file said of the resource; null when it did not know it.</summary>
    public PropertyMap? OldState { get; init; }

    public PropertyMap? NewInputs { get; init; }

    /// <summary>Of a create that is half of a replacement: the id of what it replaces.</summary>
    public string? ReplacedId { get; init; }

    /// <summary>What the provider answered; null when it failed, or never answered.</summary>
    public PropertyMap? NewState { get; set; }

    public Exception? Error { get; set; }

    /// <summary>Null when the process died first.</summary>
    public DateTimeOffset? Ended { get; set; }
}
