using System.Reflection;

namespace QingCloudMySqlStandby.Plugin.Fakes;

/// <summary>A plugin in a process of its own, which gives back what it gets: <c>driver echo</c>.</summary>
internal static class TestPlugin
{
    public const string Argument = "echo";

    public static string File { get; } = Metadata("Driver") + (OperatingSystem.IsWindows() ? ".exe" : "");

    public static string Metadata(string key) =>
        typeof(TestPlugin)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key)
            .Value!;
}
