using QingCloudMySqlStandby.TestPlugin;

namespace QingCloudMySqlStandby.Engine.Tests;

/// <summary>A stack in a directory of its own, over a cloud of its own.</summary>
internal sealed class TestStack : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("engine-tests-");

    public TestCloud Cloud { get; } = new();
    public StringWriter Output { get; } = new();
    public Dictionary<string, string> Config { get; } = [];
    public Dictionary<string, string> Secrets { get; } = [];
    public string StateText => File.ReadAllText(Path.Combine(_directory.FullName, "state.json"));

    /// <summary>A new engine over the stack, as each command is.</summary>
    public Stack Engine => new(Options);

    public StackOptions Options =>
        new()
        {
            Directory = _directory.FullName,
            StateFile = Path.Combine(_directory.FullName, "state.json"),
            Passphrase = "open sesame",
            Config = Config,
            Secrets = Secrets,
            HostedPlugins = new Dictionary<string, Func<IEngineLog, IProvider>>
            {
                ["test"] = log => new TestProvider(Cloud, log),
            },
            Output = Output,
        };

    /// <summary>Sets the program: what follows the name and runtime.</summary>
    public TestStack Program(string yaml)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "Pulumi.yaml"), $"name: proj\nruntime: yaml\n{yaml}");
        return this;
    }

    /// <summary>Sets the program to one thing with these properties, in YAML's flow style.</summary>
    public TestStack Thing(string properties, string options = "{}") =>
        Program($"resources:\n  thing:\n    type: test:Thing\n    properties: {properties}\n    options: {options}\n");

    public void Dispose()
    {
        Output.Dispose();
        _directory.Delete(recursive: true);
    }
}
