namespace QingCloudMySqlStandby.Engine;

/// <summary>Which stack, and how to run it.</summary>
internal sealed record StackOptions
{
    /// <summary>The directory that holds <c>Pulumi.yaml</c>.</summary>
    public required string Directory { get; init; }

    /// <summary>The stack's name.</summary>
    public string Stack { get; init; } = "dev";

    /// <summary>The state file; null for <c>.engine/STACK.json</c> in the directory.</summary>
    public string? StateFile { get; init; }

    /// <summary>What the state's secrets are encrypted with.</summary>
    public string Passphrase { get; init; } = "";

    /// <summary>Configuration beside the stack's file: <c>key</c> (the project's) or <c>package:key</c>.</summary>
    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();

    /// <summary>Configuration that is secret.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>For packages the directory of their plugin's binary <c>pulumi-resource-PACKAGE</c>, or the binary
    /// itself; goes before what the program says in <c>plugins.providers</c>.</summary>
    public IReadOnlyDictionary<string, string> PluginPaths { get; init; } = new Dictionary<string, string>();

    /// <summary>For packages a provider in the engine's own process, made afresh for each start of the plugin, and
    /// called without gRPC. Goes before <see cref="PluginPaths"/>.</summary>
    public IReadOnlyDictionary<string, Func<IEngineLog, IProvider>> HostedPlugins { get; init; } =
        new Dictionary<string, Func<IEngineLog, IProvider>>();

    /// <summary>Environment variables that plugins get beside the engine's own; null takes one away.</summary>
    public IReadOnlyDictionary<string, string?> PluginEnvironment { get; init; } = new Dictionary<string, string?>();

    /// <summary>How many steps may run at once.</summary>
    public int Parallel { get; init; } = 32;

    /// <summary>Where to show what happens.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>Whether to show the changed properties of each step.</summary>
    public bool ShowDiff { get; init; }
}
