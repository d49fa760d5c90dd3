using QingCloudMySqlStandby.Sdk.Tests.Shapes;

namespace QingCloudMySqlStandby.Sdk.Tests;

/// <summary>What Pulumi itself makes of schema.json, where its command line is at hand.</summary>
public sealed class GeneratedSdkTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("generated-sdk-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_sdk_that_pulumi_generates_has_the_shape_of_this_one()
    {
        await GenerateAsync("dotnet");

        var generated = SourceShape.ReadDirectory(Path.Combine(_directory, "dotnet"));
        var expected = SchemaShape.Read(Repository.ReadSchema());
        var own = SourceShape.ReadDirectory(Repository.Sdk);
        Assert.Empty(generated.DifferencesFrom(expected, "schema.json"));
        Assert.Empty(own.DifferencesFrom(expected, "schema.json"));
    }

    [Theory]
    [InlineData("dotnet")]
    [InlineData("nodejs")]
    public async Task Pulumi_generates_without_a_warning(string language)
    {
        var output = await GenerateAsync(language);

        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<string> GenerateAsync(string language)
    {
        Assert.SkipUnless(
            Command.IsOnPath("pulumi") && Command.IsOnPath($"pulumi-language-{language}"), "pulumi is not on the PATH");
        var schema = Path.Combine(Repository.Root, "schema.json");
        var result = await Command.RunAsync(
            "pulumi",
            ["package", "gen-sdk", "--language", language, "--out", _directory, schema],
            _directory,
            new Dictionary<string, string?> { ["PULUMI_HOME"] = _directory, ["PULUMI_SKIP_UPDATE_CHECK"] = "true" });
        Assert.True(result.ExitCode == 0, result.Errors);
        return result.All;
    }
}
