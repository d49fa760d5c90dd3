using System.CommandLine;

namespace QingCloudMySqlStandby.Engine.Cli;

/// <summary>The options that say which stack, and how to run it; every command has them.</summary>
internal sealed class StackArguments
{
    private readonly Option<string> _directory = new("--cwd")
    {
        Description = "The directory that holds Pulumi.yaml.",
        DefaultValueFactory = _ => ".",
        Recursive = true,
    };

    private readonly Option<string> _stack = new("--stack", "-s")
    {
        Description = "The stack.",
        DefaultValueFactory = _ => "dev",
        Recursive = true,
    };

    private readonly Option<string?> _state = new("--state")
    {
        Description = "The state file. Default: .engine/STACK.json in the directory.",
        Recursive = true,
    };

    private readonly Option<string[]> _config = new("--config", "-c")
    {
        Description = "A configured value, KEY=VALUE or PACKAGE:KEY=VALUE; may be repeated.",
        Recursive = true,
    };

    private readonly Option<string[]> _secrets = new("--secret")
    {
        Description = "A configured secret, as --config; may be repeated.",
        Recursive = true,
    };

    private readonly Option<string[]> _plugins = new("--plugin")
    {
        Description = "Where a package's plugin is, PACKAGE=DIRECTORY or PACKAGE=BINARY; may be repeated.",
        Recursive = true,
    };

    private readonly Option<int> _parallel = new("--parallel", "-p")
    {
        Description = "How many steps may run at once.",
        DefaultValueFactory = _ => 32,
        Recursive = true,
    };

    private readonly Option<bool> _diff = new("--diff")
    {
        Description = "Show the changed properties.",
        Recursive = true,
    };

    public IEnumerable<Option> All => [_directory, _stack, _state, _config, _secrets, _plugins, _parallel, _diff];

    public StackOptions Read(ParseResult arguments, TextWriter output) =>
        new()
        {
            Directory = arguments.GetRequiredValue(_directory),
            Stack = arguments.GetRequiredValue(_stack),
            StateFile = arguments.GetValue(_state),
            Passphrase = Environment.GetEnvironmentVariable("PULUMI_CONFIG_PASSPHRASE") ?? "",
            Config = Pairs(arguments.GetValue(_config)),
            Secrets = Pairs(arguments.GetValue(_secrets)),
            PluginPaths = Pairs(arguments.GetValue(_plugins)),
            Parallel = arguments.GetRequiredValue(_parallel),
            ShowDiff = arguments.GetValue(_diff),
            Output = output,
        };

    private static Dictionary<string, string> Pairs(string[]? texts) =>
        (texts ?? [])
            .Select(text => text.Split('=', 2))
            .ToDictionary(
                parts => parts[0],
                parts => parts.Length == 2 ? parts[1] : throw new EngineException($"'{parts[0]}' should be KEY=VALUE."),
                StringComparer.Ordinal
            );
}
