using System.Globalization;

namespace QingCloudMySqlStandby.Plugin.Hosting;

/// <summary>What the command line says. The engine passes flags of its own, which change with its versions: they mean
/// nothing here.</summary>
/// <param name="EngineAddress">Where the engine is; null when it will say so later (<c>Attach</c>).</param>
/// <param name="ShowVersion">Whether a person asked for the version.</param>
internal sealed record PluginArguments(string? EngineAddress, bool ShowVersion)
{
    public static PluginArguments Parse(string[] args) =>
        new(Array.Find(args, IsAddress), Array.IndexOf(args, "--version") >= 0);

    /// <summary>Separates <c>host:port</c> from flags and from the values that follow some of them, such as a tracing
    /// URL.</summary>
    private static bool IsAddress(string argument) =>
        argument.LastIndexOf(':') is > 0 and var colon
        && argument[0] != '-'
        && !argument.Contains('/', StringComparison.Ordinal)
        && ushort.TryParse(argument.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
