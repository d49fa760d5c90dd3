using QingCloudMySqlStandby.Sdk.Tests.Packages;

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

        // The schema names no logo, and then the generator for .NET downloads Pulumi's: it gets one from this machine.
        await using var server = await DownloadServer.StartAsync(Repository.Sdk);
        var schema = Path.Combine(_directory, "schema.json");
        var withLogo = Repository.ReadSchema();
        withLogo["logoUrl"] = $"{server.Address}/icon.png";
        await File.WriteAllTextAsync(schema, withLogo.ToJsonString(), TestContext.Current.CancellationToken);
        var result = await Command.RunAsync(
            "pulumi",
            ["package", "gen-sdk", "--language", language, "--out", _directory, schema],
            Repository.Root,
            new Dictionary<string, string?> { ["PULUMI_HOME"] = _directory, ["PULUMI_SKIP_UPDATE_CHECK"] = "true" }
        );
        Assert.True(result.ExitCode == 0, result.All);
        return result.All;
    }
}
