using System.Reflection;

namespace QingCloudMySqlStandby.Plugin.Tests.Fakes;

/// <summary>The plugin of tests/TestPlugin, which runs as a process of its own.</summary>
internal static class TestPlugin
{
    public static string File { get; } = Metadata("TestPlugin") + (OperatingSystem.IsWindows() ? ".exe" : "");

    public static string Metadata(string key) =>
        typeof(TestPlugin)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == key)
            .Value!;
}
