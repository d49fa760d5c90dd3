namespace Pulumi.QingCloudMySqlStandby.Outputs;

/// <summary>A node of a standby cluster.</summary>
[OutputType]
public sealed class StandbyNode
{
    /// <summary><c>healthy</c> or <c>unhealthy</c>; <c>unknown</c> where QingCloud does not say.</summary>
    public readonly string Health;

    /// <summary>The node's id, such as <c>cln-35iuqdjz</c>.</summary>
    public readonly string Id;

    /// <summary>The node's role, such as <c>maininstance</c>.</summary>
    public readonly string Role;

    /// <summary>The node's status, such as <c>active</c>; <c>unknown</c> where QingCloud does not say.</summary>
    public readonly string Status;

    [OutputConstructor]
    private StandbyNode(string health, string id, string role, string status)
    {
        Health = health;
        Id = id;
        Role = role;
        Status = status;
    }
}
