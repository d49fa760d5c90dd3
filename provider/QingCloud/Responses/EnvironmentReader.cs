namespace QingCloudMySqlStandby.QingCloud.Responses;

/// <summary>Reads the answer of <c>DescribeClusterEnvironment</c>.</summary>
internal static class EnvironmentReader
{
    /// <summary>The parameters and the values in force, without those that are hidden. The case of a name does not
    /// matter: the console and MySQL write it differently.</summary>
    public static IReadOnlyDictionary<string, string> Read(JsonElement answer)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in Properties(answer.Nested("config") ?? default))
        {
            if (property.Text("type") != "password" && property.Text("default") is { } value)
                parameters[property.Text("key")!] = value;
        }

        return parameters;
    }

    /// <summary>The parameters, which may be grouped, such as by role.</summary>
    private static IEnumerable<JsonElement> Properties(JsonElement group) =>
        group
            .Items("properties")
            .SelectMany(property =>
                property.Member("properties") is not null ? Properties(property)
                : property.Text("key") is { Length: > 0 } ? [property]
                : []
            );
}
