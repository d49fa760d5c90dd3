namespace QingCloudMySqlStandby.Sdk.Tests;

/// <summary>What <c>pulumi package gen-sdk</c> makes of schema.json.</summary>
internal sealed class GeneratedSdk(string language) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("generated-sdk-").FullName;

    public string Folder => Path.Combine(_directory, language);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>Generates, and returns what Pulumi says; skips the test where that cannot be done.</summary>
    public async Task<string> GenerateAsync()
    {
        foreach (var command in (string[])["pulumi", $"pulumi-language-{language}"])
            Assert.SkipUnless(Command.IsOnPath(command), $"{command} is not on the PATH");

        var result = await Command.RunAsync(
            "pulumi",
            ["package", "gen-sdk", "--language", language, "--out", _directory, "schema.json"],
            Repository.Root,
            new Dictionary<string, string?> { ["PULUMI_HOME"] = _directory, ["PULUMI_SKIP_UPDATE_CHECK"] = "true" }
        );

        // The schema names no logo, and then the generator for .NET downloads Pulumi's.
        Assert.SkipWhen(
            result.ExitCode != 0 && result.All.Contains("Get \"https://", StringComparison.Ordinal),
            "gen-sdk downloads a logo for .NET, and this machine does not reach the internet"
        );
        Assert.True(result.ExitCode == 0, result.All);
        return result.All;
    }
}
