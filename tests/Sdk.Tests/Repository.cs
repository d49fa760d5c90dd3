using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Sdk.Tests;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static string Sdk { get; } = Path.Combine(Root, "sdk", "dotnet");

    public static JsonObject ReadSchema() => JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "schema.json")))!.AsObject();

    private static string FindRoot(string directory) => File.Exists(Path.Combine(directory, "schema.json"))
        ? directory
        : FindRoot(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("This runs outside the repository."));
}
