using System.Reflection;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using System.Xml.XPath;

namespace QingCloudMySqlStandby.Sdk.Tests.Packages;

/// <summary>What is said of the package beside its classes says what schema.json says.</summary>
public sealed class PackageTests
{
    private readonly JsonObject _schema = Repository.ReadSchema();
    private readonly XDocument _project = XDocument.Load(
        Path.Combine(Repository.Sdk, "Pulumi.QingCloudMySqlStandby.csproj")
    );

    [Fact]
    public void What_is_built_here_has_the_schemas_version()
    {
        var version = typeof(PackageTests).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();

        Assert.Equal((string?)_schema["version"], version?.InformationalVersion);
    }

    [Fact]
    public void No_name_is_in_a_scope_of_others() =>
        Assert.DoesNotContain("@pulumi/qingcloud", _schema.ToJsonString(), StringComparison.Ordinal);

    [Fact]
    public void Pulumi_plugin_json_names_the_plugin_that_the_package_needs()
    {
        var plugin = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Sdk, "pulumi-plugin.json")))!.AsObject();

        var expected = new JsonObject
        {
            ["resource"] = true,
            ["name"] = (string?)_schema["name"],
            ["version"] = "0.0.0", // The build puts the package's there.
            ["server"] = (string?)_schema["pluginDownloadURL"],
        };
        Assert.Equal(expected.ToJsonString(), plugin.ToJsonString());
    }

    [Fact]
    public void The_sdk_gets_the_plugin_from_where_the_schema_says()
    {
        Assert.Contains(
            $"\"{(string?)_schema["pluginDownloadURL"]}\"",
            File.ReadAllText(Path.Combine(Repository.Sdk, "Utilities.cs")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("Description", "description")]
    [InlineData("PackageLicenseExpression", "license")]
    [InlineData("PackageProjectUrl", "homepage")]
    [InlineData("RepositoryUrl", "repository")]
    [InlineData("Authors", "publisher")]
    public void The_package_says_what_the_schema_says(string property, string key) =>
        Assert.Equal((string?)_schema[key], _project.XPathSelectElement($"//{property}")?.Value);

    [Fact]
    public void The_package_is_named_by_its_namespace()
    {
        var csharp = _schema["language"]!["csharp"]!;
        var expected = $"{csharp["rootNamespace"]}.{csharp["namespaces"]![(string)_schema["name"]!]}";

        Assert.Equal(expected, _project.XPathSelectElement("//PackageId")?.Value);
    }
}
