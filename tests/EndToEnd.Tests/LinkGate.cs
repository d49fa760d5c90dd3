namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>The gate of examples/ci, built once.</summary>
public sealed class LinkGate : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("link-gate-");
    private readonly Lazy<Task> _built;

    public LinkGate() =>
        _built = new Lazy<Task>(() =>
            Command.CheckAsync(
                "dotnet",
                ["build", Source, "--nologo", "-v", "quiet", "-o", _directory.FullName],
                _directory.FullName
            )
        );

    public static string Source => Repository.PathOf("examples", "ci", "link-gate.cs");

    public void Dispose() => _directory.Delete(recursive: true);

    internal async Task<CommandResult> RunAsync(params string[] arguments)
    {
        await _built.Value;
        return await Command.RunAsync(
            "dotnet",
            [Path.Combine(_directory.FullName, "link-gate.dll"), .. arguments],
            _directory.FullName
        );
    }
}
