using System.Collections.Frozen;

namespace QingCloudMySqlStandby.Plugin.Values;

/// <summary>The marks by which Pulumi separates its own kinds of values from plain objects and texts.</summary>
internal static class Marks
{
    /// <summary>The key whose value says what kind an object is.</summary>
    public const string Signature = "4dabf18193072939515e22adb298388d";

    public const string Secret = "1b47061264138c4ac30d75fd1eb44270";
    public const string Output = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    public const string Reference = "5cf8f73096256a8f31e491e813e4eb8e";
    public const string Asset = "c44067f5952c0a294b673a41bacd8c17";
    public const string Archive = "0def7320c3a5731c473e5ecbe6d01bc7";
    public const string Value = "value";
    public const string IsSecret = "secret";
    public const string Dependencies = "dependencies";
    public const string Urn = "urn";
    public const string Id = "id";
    public const string PackageVersion = "packageVersion";

    /// <summary>The unknown text; every SDK uses it for unknowns of any type, the engine knows one for each
    /// type.</summary>
    public const string UnknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    private static readonly FrozenSet<string> Unknowns = new[]
    {
        UnknownText,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // a Boolean
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // a number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // a list
        "030794c1-ac77-496b-92df-f27374a8bd58", // an asset
        "e48ece36-62e2-4504-bad9-02848725956a", // an archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // an object
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsUnknown(string text) => Unknowns.Contains(text);
}
