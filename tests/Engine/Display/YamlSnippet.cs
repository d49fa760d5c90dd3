using System.Text;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Display;

/// <summary>How to write a resource in a YAML program. A secret's value is left for the user to fill in.</summary>
internal static class YamlSnippet
{
    public static string Of(ResourceState resource)
    {
        var text = new StringBuilder()
            .AppendLine("resources:")
            .AppendLine($"  {resource.Urn.Name}:")
            .AppendLine($"    type: {resource.Urn.Type}")
            .AppendLine("    properties:");
        Append(text, resource.Inputs, indent: 6);
        if (resource.Protect)
            text.AppendLine("    options:").AppendLine("      protect: true");

        return text.ToString();
    }

    private static void Append(StringBuilder text, PropertyMap map, int indent)
    {
        foreach (var (key, value) in map)
        {
            text.Append(' ', indent).Append(key).Append(':');
            if (value is { IsSecret: false, Bare: PropertyValue.MapValue nested })
                Append(text.AppendLine(), nested.Map, indent + 2);
            else
                text.Append(' ').AppendLine(Scalar(value));
        }
    }

    // JSON is YAML.
    private static string Scalar(PropertyValue value) =>
        value.IsSecret ? "{ \"fn::secret\": \"[secret]\" }" : PropertyJson.WritePlain(value.Bare);
}
