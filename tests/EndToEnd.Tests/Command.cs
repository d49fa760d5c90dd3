using System.Diagnostics;

namespace QingCloudMySqlStandby.EndToEnd.Tests;

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
        IEnumerable<string> arguments,
        string directory,
        IReadOnlyDictionary<string, string?>? environment = null,
        Task? interrupt = null,
        Task? kill = null
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

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        process.StandardInput.Close();
        var token = TestContext.Current.CancellationToken;
        await using var abort = token.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(token);
        var errors = process.StandardError.ReadToEndAsync(token);
        var ended = process.WaitForExitAsync(token);
        if (kill is not null && await Task.WhenAny(kill, ended) == kill)
        {
            process.Kill(entireProcessTree: true);
        }
        else if (interrupt is not null && await Task.WhenAny(interrupt, ended) == interrupt)
        {
            using var signal = Process.Start(
                "kill",
                ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
            );
        }

        await ended;
        return new CommandResult(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs a command that has to succeed.</summary>
    public static async Task<string> CheckAsync(
        string file,
        IEnumerable<string> arguments,
        string directory,
        IReadOnlyDictionary<string, string?>? environment = null
    )
    {
        var result = await RunAsync(file, arguments, directory, environment);
        Assert.True(
            result.ExitCode == 0,
            $"{file} {string.Join(' ', arguments)} ended with " + $"{result.ExitCode}:\n{result.All}"
        );
        return result.Output;
    }
}
