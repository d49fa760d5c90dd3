using System.Collections.Immutable;
using QingCloudMySqlStandby.Engine.Deployment;

namespace QingCloudMySqlStandby.Engine;

/// <summary>What a program, in whatever language, asks of the engine while it runs.</summary>
internal interface IResourceMonitor
{
    /// <summary>The URN of the stack itself.</summary>
    Urn Stack { get; }

    /// <summary>Makes a resource what the program wants it to be; ends when its step has ended.</summary>
    Task<RegisteredResource> RegisterAsync(ResourceGoal goal, CancellationToken cancellationToken);

    /// <summary>Looks at a resource that the stack does not own; nothing of it is kept.</summary>
    Task<RegisteredResource> ReadAsync(ResourceGoal goal, string id, CancellationToken cancellationToken);

    /// <summary>Calls a function of a provider.</summary>
    Task<PropertyMap> InvokeAsync(InvokeGoal goal, CancellationToken cancellationToken);

    /// <summary>Sets what a component or the stack puts out.</summary>
    void SetOutputs(Urn urn, PropertyMap outputs);
}

/// <summary>A program: it registers its resources and ends.</summary>
internal interface IProgram
{
    Task RunAsync(IResourceMonitor monitor, CancellationToken cancellationToken);
}

/// <summary>A resource as a program wants it.</summary>
internal sealed record ResourceGoal(string Type, string Name, bool Custom, PropertyMap Inputs)
{
    public Urn? Parent { get; init; }
    public ImmutableSortedSet<string> Dependencies { get; init; } = [];

    public ImmutableSortedDictionary<string, ImmutableSortedSet<string>> PropertyDependencies { get; init; } =
        ImmutableSortedDictionary<string, ImmutableSortedSet<string>>.Empty;

    /// <summary>The provider resource, as <c>URN::ID</c>; null for the package's default provider.</summary>
    public string? Provider { get; init; }

    public string? Version { get; init; }
    public bool Protect { get; init; }
    public bool RetainOnDelete { get; init; }
    public bool? DeleteBeforeReplace { get; init; }
    public string? DeletedWith { get; init; }
    public IReadOnlyList<string> ReplaceWith { get; init; } = [];
    public PropertyValue ReplacementTrigger { get; init; } = PropertyValue.Null;
    public IReadOnlyList<string> Aliases { get; init; } = [];
    public string? Import { get; init; }
    public IReadOnlyList<string> IgnoreChanges { get; init; } = [];
    public IReadOnlyList<string> ReplaceOnChanges { get; init; } = [];
    public IReadOnlyList<string> AdditionalSecretOutputs { get; init; } = [];
    public CustomTimeouts Timeouts { get; init; } = CustomTimeouts.None;
}

/// <summary>A resource as it came out of its step.</summary>
/// <param name="Urn">Its URN.</param>
/// <param name="Id">Its id; unknown in the preview of its creation, null for a component.</param>
/// <param name="Outputs">Its outputs.</param>
/// <param name="Settled">Whether outputs that are missing do not exist, rather than being unknown still.</param>
internal sealed record RegisteredResource(Urn Urn, PropertyValue Id, PropertyMap Outputs, bool Settled)
{
    /// <summary>Other than success only in a run that goes on after errors.</summary>
    public RegistrationResult Result { get; init; }
}

/// <summary>A function call of a program.</summary>
internal sealed record InvokeGoal(string Token, PropertyMap Arguments, string? Provider, string? Version);

/// <summary>Ends a program whose deployment has failed; what failed has been reported already.</summary>
internal sealed class DeploymentFailedException() : Exception("The deployment has failed.");
