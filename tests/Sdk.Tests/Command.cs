using System.Diagnostics;

namespace QingCloudMySqlStandby.Sdk.Tests;

/// <summary>What came of a command.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    public string All => Output + Errors;
}

/// <summary>Runs commands as child processes.</summary>
internal static class Command
{
    public static async Task<CommandResult> RunAsync(
        string file,
        string[] arguments,
        string directory,
        IReadOnlyDictionary<string, string?>? environment = null
    )
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        var token = TestContext.Current.CancellationToken;
        using var process = Process.Start(start)!;
        await using var kill = token.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(token);
        var errors = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return new CommandResult(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs a command that has to succeed.</summary>
    public static async Task<string> CheckAsync(
        string file,
        string[] arguments,
        string directory,
        IReadOnlyDictionary<string, string?>? environment = null
    )
    {
        var result = await RunAsync(file, arguments, directory, environment);
        Assert.True(
            result.ExitCode == 0,
            $"{file} {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.All}"
        );
        return result.Output;
    }

    public static bool IsOnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(directory => File.Exists(Path.Combine(directory, command)));
}
