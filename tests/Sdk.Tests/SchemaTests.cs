using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using QingCloudMySqlStandby.Sdk.Tests.Schema;
using YamlDotNet.RepresentationModel;

namespace QingCloudMySqlStandby.Sdk.Tests;

/// <summary>schema.json keeps the rules of a Pulumi package schema.</summary>
public sealed class SchemaTests
{
    private const string Resource = "/resources/qingcloud-mysql-standby:index:StandbyReplication";

    public static TheoryData<string, string> Examples()
    {
        var schema = Repository.ReadSchema();
        var described = schema["resources"]!.AsObject().Concat(schema["functions"]!.AsObject());
        return
        [
            .. described.SelectMany(entry => Descriptions.Examples((string)entry.Value!["description"]!))
                .Select(example => (example.Language, example.Code)),
        ];
    }

    [Fact]
    public void The_schema_keeps_the_rules() => Assert.Empty(SchemaRules.Check(Repository.ReadSchema()));

    [Theory]
    [InlineData("/name", "\"Qing Cloud\"", "is no package name")]
    [InlineData("/version", "\"one\"", "is no semantic version")]
    [InlineData("/license", "\"\"", "license is missing")]
    [InlineData("/homepage", "\"http://example.com\"", "is no https address")]
    [InlineData("/keywords", "[\"mysql\"]", "name no category")]
    [InlineData("/extra", "1", "which Pulumi does not know")]
    [InlineData("/language/csharp/packageReferences", "{}", "lack Pulumi")]
    [InlineData("/language/go/importBasePath", "null", "is missing")]
    [InlineData("/config/variables/zone/description", "\"Another.\"", "are not the provider's inputs")]
    [InlineData("/provider/properties/preflight", "{\"type\":\"boolean\",\"description\":\"A flag.\"}", "a provider's outputs are strings")]
    [InlineData("/provider/inputProperties/version", "{\"type\":\"string\",\"description\":\"A text.\"}", "Pulumi keeps for itself")]
    [InlineData("/types/qingcloud-mysql-standby:index:Unused", "{\"type\":\"object\",\"description\":\"A type.\",\"properties\":{}}", "is used nowhere")]
    [InlineData("/types/other:index:Type", "{\"type\":\"object\",\"description\":\"A type.\",\"properties\":{}}", "is no token of this package")]
    [InlineData("/types/qingcloud-mysql-standby:index:SyncWay/enum/1/value", "\"full\"", "has a value twice")]
    [InlineData("/types/qingcloud-mysql-standby:index:SyncWay/enum/1/name", "\"not a name\"", "has a member named")]
    [InlineData("/types/qingcloud-mysql-standby:index:StandbySource/required", "[\"hosts\"]", "requires hosts, which is not there")]
    [InlineData("/types/qingcloud-mysql-standby:index:StandbySource/properties/port/default", "\"3306\"", "has a default of another type")]
    [InlineData("/types/qingcloud-mysql-standby:index:StandbySource/properties/port/default", "33.06", "has a default of another type")]
    [InlineData("/types/qingcloud-mysql-standby:index:StandbySource/properties/user/description", "\"\"", "has no description")]
    [InlineData("/types/qingcloud-mysql-standby:index:StandbySource/properties/password/secret", "\"yes\"", "has a secret that is no flag")]
    [InlineData(Resource + "/requiredInputs", "[\"clusterId\",\"role\"]", "requires role, which has a default")]
    [InlineData(Resource + "/inputProperties/onDelete/default", "\"drop\"", "has a default that its type has not")]
    [InlineData(Resource + "/inputProperties/onDelete/$ref", "\"#/types/qingcloud-mysql-standby:index:Gone\"", "which is not there")]
    [InlineData(Resource + "/inputProperties/role/type", "\"text\"", "has the type 'text'")]
    [InlineData(Resource + "/inputProperties/role/$ref", "\"#/types/qingcloud-mysql-standby:index:SyncWay\"", "has not exactly one of type and $ref")]
    [InlineData(Resource + "/properties/id", "{\"type\":\"string\",\"description\":\"An id.\"}", "Pulumi keeps for itself")]
    [InlineData(Resource + "/properties/zone/description", "\"Another.\"", "is not the input of its name")]
    [InlineData(Resource + "/description", "\"No example.\"", "has no example in yaml")]
    [InlineData("/functions/qingcloud-mysql-standby:index:GetX", "{\"description\":\"A function.\"}", "a letter of the wrong case")]
    public void A_broken_rule_is_found(string path, string value, string problem)
    {
        var schema = Repository.ReadSchema();
        Set(schema, path.Split('/')[1..], JsonNode.Parse(value));

        Assert.Contains(SchemaRules.Check(schema), found => found.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_written_in_its_language(string language, string code)
    {
        switch (language)
        {
            case "csharp":
                var tree = CSharpSyntaxTree.ParseText(
                    code, new CSharpParseOptions(LanguageVersion.Latest),
                    cancellationToken: TestContext.Current.CancellationToken);
                Assert.DoesNotContain(
                    tree.GetDiagnostics(TestContext.Current.CancellationToken),
                    finding => finding.Severity == DiagnosticSeverity.Error);
                break;
            case "yaml":
                new YamlStream().Load(new StringReader(code));
                break;
        }

        Assert.DoesNotContain('\t', code);
    }

    private static void Set(JsonNode node, string[] path, JsonNode? value)
    {
        foreach (var part in path[..^1])
        {
            node = node is JsonArray array
                ? array[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]!
                : node[part]!;
        }

        node[path[^1]] = value;
    }
}
