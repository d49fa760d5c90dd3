using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Sdk.Tests;

/// <summary>schema.json and the sources of <c>sdk/dotnet</c> name the same things. This needs no Pulumi; all else is
/// compared where Pulumi can generate an SDK.</summary>
public sealed partial class NamesTests
{
    private readonly JsonObject _schema = Repository.ReadSchema();

    [Fact]
    public void Schema_and_sdk_name_the_same_arguments_results_settings_and_values()
    {
        var expected = Files()
            .Where(file => File.Exists(Path.Combine(Repository.Sdk, file.Name)))
            .SelectMany(file => Names(file.Node).Select(name => $"{file.Name}: {name}"))
            .Order()
            .ToList();

        Assert.True(expected.Count > 100);
        Assert.Equal(expected, InSources(Name()));
    }

    [Fact]
    public void Schema_and_sdk_name_the_same_resources_and_functions() =>
        Assert.Equal(
            Names(_schema["resources"])
                .Concat(Names(_schema["functions"]))
                .Select(token => $"{Class(token)}.cs: {token}")
                .Order(),
            InSources(Token())
        );

    /// <summary>Which part of the schema each file is of. A type has a class for input, for output, or both.</summary>
    private IEnumerable<(string Name, JsonNode? Node)> Files() =>
        [
            ("Config/Config.cs", _schema["config"]!["variables"]),
            ("Provider.cs", _schema["provider"]!["properties"]),
            ("ProviderArgs.cs", _schema["provider"]!["inputProperties"]),
            .. Files("resources", ".cs", "properties"),
            .. Files("resources", "Args.cs", "inputProperties"),
            .. Files("resources", "State.cs", "stateInputs", "properties"),
            .. Files("functions", "Args.cs", "inputs", "properties"),
            .. Files("functions", "InvokeArgs.cs", "inputs", "properties"),
            .. Files("functions", "Result.cs", "outputs", "properties"),
            .. Files("types", ".cs", "enum"),
            .. Files("types", "Args.cs", "properties").Select(file => ($"Inputs/{file.Name}", file.Node)),
            .. Files("types", ".cs", "properties").Select(file => ($"Outputs/{file.Name}", file.Node)),
        ];

    private IEnumerable<(string Name, JsonNode? Node)> Files(string kind, string ending, params string[] path) =>
        _schema[kind]!
            .AsObject()
            .Select(entry => (Class(entry.Key) + ending, path.Aggregate(entry.Value, (node, part) => node?[part])));

    private static IEnumerable<string> Names(JsonNode? node) =>
        node is JsonArray values
            ? values.Select(value => (string)value!["value"]!)
            : node?.AsObject().Select(entry => entry.Key) ?? [];

    private static string Class(string token) =>
        token.Split(':')[^1] is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : token;

    private static IEnumerable<string> InSources(Regex pattern) =>
        Directory
            .EnumerateFiles(Repository.Sdk, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file =>
                pattern
                    .Matches(File.ReadAllText(file))
                    .Select(match => $"{Path.GetRelativePath(Repository.Sdk, file)}: {match.Groups["name"]}")
            )
            .Order();

    /// <summary>An input, an output, a setting, an enum's value, or what a field of a result is read from.</summary>
    [GeneratedRegex(
        """(\[Input|\[Output|\.Get\w*|= new)\("(?<name>\w+)"|^ {8}[A-Z]\w* = (?<name>[a-z]\w*);$""",
        RegexOptions.Multiline
    )]
    private static partial Regex Name();

    [GeneratedRegex("Token = \"(?<name>.+)\"")]
    private static partial Regex Token();
}
