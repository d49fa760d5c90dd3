namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>Finds a resource's type token.</summary>
internal static class ResourceType
{
    /// <summary>The type that the request names or, from engines that do not name it, the last one of the URN's types
    /// (<c>urn:pulumi:stack::project::parent$type::name</c>).</summary>
    public static string Of(string type, string urn) =>
        type.Length > 0 ? type
        : urn.Split("::", 4) is [_, _, var types, _] ? types.Split('$')[^1]
        : "";
}
