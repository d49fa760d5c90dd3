namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>A gate of examples/ci, built once.</summary>
/// <param name="name">The name of its file, without the ending.</param>
public abstract class CiGate(string name) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory(name + "-");
    private Task<string>? _built;

    /// <summary>Its file.</summary>
    public string Source { get; } = Repository.PathOf("examples", "ci", name + ".cs");

    public void Dispose()
    {
        _directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    internal async Task<CommandResult> RunAsync(params string[] arguments)
    {
        await (_built ??= BuildAsync());
        return await Command.RunAsync(
            "dotnet",
            [Path.Combine(_directory.FullName, name + ".dll"), .. arguments],
            _directory.FullName
        );
    }

    private Task<string> BuildAsync() =>
        Command.CheckAsync(
            "dotnet",
            ["build", Source, "--nologo", "-v", "quiet", "-o", _directory.FullName],
            _directory.FullName
        );
}

/// <summary>The gate that judges previews.</summary>
public sealed class LinkGate() : CiGate("link-gate");

/// <summary>The gate that judges the standby's health.</summary>
public sealed class HealthGate() : CiGate("health-gate");
