using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using YamlDotNet.RepresentationModel;

namespace QingCloudMySqlStandby.Sdk.Tests;

/// <summary>schema.json is what Pulumi can read, and its examples are what programs can hold.</summary>
public sealed partial class SchemaTests
{
    public static TheoryData<string, string> Examples() =>
        [
            .. from kind in (string[])["resources", "functions"]
            from entry in Repository.ReadSchema()[kind]!.AsObject()
            from example in Example().Matches((string)entry.Value!["description"]!)
            select (example.Groups[1].Value, example.Groups[2].Value),
        ];

    [Theory]
    [InlineData("dotnet")]
    [InlineData("nodejs")]
    [InlineData("python")]
    [InlineData("go")]
    public async Task Pulumi_generates_an_sdk_without_a_warning(string language)
    {
        using var sdk = new GeneratedSdk(language);

        Assert.DoesNotContain("warning", await sdk.GenerateAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Pulumi_finds_no_fault_in_the_schema()
    {
        Assert.SkipUnless(Command.IsOnPath("pulumi"), "pulumi is not on the PATH");
        var home = Directory.CreateTempSubdirectory("pulumi-home-");
        try
        {
            await Command.CheckAsync(
                "pulumi",
                ["schema", "check", "schema.json"],
                Repository.Root,
                new Dictionary<string, string?>
                {
                    ["PULUMI_HOME"] = home.FullName,
                    ["PULUMI_SKIP_UPDATE_CHECK"] = "true",
                }
            );
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_written_in_its_language(string language, string code)
    {
        if (language == "csharp")
            Assert.Empty(SyntaxFactory.ParseCompilationUnit(code).GetDiagnostics());
        if (language == "yaml")
            new YamlStream().Load(new StringReader(code));

        Assert.DoesNotContain('\t', code);
    }

    [GeneratedRegex("```(.+)\\n([^`]*)```")]
    private static partial Regex Example();
}
