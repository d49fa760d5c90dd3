using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Sdk.Tests;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);
    public static string Sdk { get; } = Path.Combine(Root, "sdk", "dotnet");

    public const string WithoutPulumi = "the package Pulumi does not restore from this machine's NuGet sources";

    /// <summary>Whether the package Pulumi restores: build/pulumi-restores.sh answers, into the environment.</summary>
    public static bool PulumiRestores => Environment.GetEnvironmentVariable("PulumiRestores") == "true";

    public static JsonObject ReadSchema() => ReadJson("schema.json");

    public static JsonObject ReadJson(params string[] path) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine([Root, .. path])))!.AsObject();

    private static string FindRoot(string directory) =>
        File.Exists(Path.Combine(directory, "schema.json"))
            ? directory
            : FindRoot(
                Path.GetDirectoryName(directory)
                    ?? throw new InvalidOperationException("This runs outside the " + "repository.")
            );
}
