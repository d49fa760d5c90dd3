namespace QingCloudMySqlStandby.Driver;

/// <summary>Names of resources in a stack: <c>urn:pulumi:STACK::PROJECT::TYPE::NAME</c>.</summary>
internal static class Urns
{
    /// <summary>The URN of a resource.</summary>
    public static string Of(string stack, string project, string type, string name) =>
        $"urn:pulumi:{stack}::{project}::{type}::{name}";

    /// <summary>Whether this is a URN; otherwise it is a name.</summary>
    public static bool IsUrn(string text) => text.StartsWith("urn:pulumi:", StringComparison.Ordinal);

    /// <summary>The name in a URN; what is no URN is a name already.</summary>
    public static string NameOf(string urn) => urn.Split("::", 4)[^1];

    /// <summary>The URN with another name.</summary>
    public static string Renamed(string urn, string name) => urn[..^NameOf(urn).Length] + name;
}
