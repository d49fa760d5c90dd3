using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace QingCloudMySqlStandby.Engine.Program;

/// <summary>Reads expressions out of YAML.</summary>
internal static class ExpressionReader
{
    public static Expression Read(YamlNode node) =>
        node switch
        {
            YamlScalarNode scalar => ReadScalar(scalar),
            YamlSequenceNode list => new Expression.List([.. list.Select(Read)]),
            YamlMappingNode map when FunctionOf(map) is { } function => ReadFunction(function, map),
            YamlMappingNode map => new Expression.Map([
                .. map.Children.Select(child => KeyValuePair.Create(Text(child.Key), Read(child.Value))),
            ]),
            _ => throw At(node, "is no value"),
        };

    public static string Text(YamlNode node) =>
        node is YamlScalarNode { Value: { } text } ? text : throw At(node, "should be a string");

    public static EngineException At(YamlNode node, string problem) =>
        new($"Line {node.Start.Line}, column {node.Start.Column} of the program {problem}.");

    /// <summary>A scalar's value by YAML's core schema; quoted scalars are texts.</summary>
    public static PropertyValue Plain(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain)
            return PropertyValue.Of(text);

        return text switch
        {
            "" or "null" or "~" => PropertyValue.Null,
            "true" => PropertyValue.Of(true),
            "false" => PropertyValue.Of(false),
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && double.IsFinite(number) => PropertyValue.Of(number),
            _ => PropertyValue.Of(text),
        };
    }

    private static Expression ReadScalar(YamlScalarNode scalar) =>
        scalar.Value is { } text && text.Contains('$', StringComparison.Ordinal)
            ? ReadText(scalar, text)
            : new Expression.Literal(Plain(scalar));

    private static Expression ReadText(YamlNode node, string text)
    {
        var parts = ImmutableArray.CreateBuilder<Expression>();
        var at = 0;
        while (at < text.Length)
            parts.Add(text[at..] is ['$', '{', ..] ? ReadAccess(node, text, ref at) : ReadLiteral(text, ref at));

        return parts is [Expression.Access access] ? access : new Expression.Text(parts.ToImmutable());
    }

    private static Expression.Access ReadAccess(YamlNode node, string text, ref int at)
    {
        var end = text.IndexOf('}', at);
        if (end < 0)
            throw At(node, "has a ${ without its }");

        var path = PropertyPath.Parse(text[(at + 2)..end]);
        at = end + 1;
        return path.Segments[0].Name is null
            ? throw At(node, "refers to an index of " + "nothing")
            : new Expression.Access(path);
    }

    /// <summary>Reads up to the next <c>${</c>; <c>$${</c> stands for the two characters <c>${</c>.</summary>
    private static Expression.Literal ReadLiteral(string text, ref int at)
    {
        var start = at;
        if (text.AsSpan(at).StartsWith("$${", StringComparison.Ordinal))
        {
            at += 3;
            return new Expression.Literal(PropertyValue.Of("${"));
        }

        do
        {
            at++;
        } while (
            at < text.Length
            && !text.AsSpan(at).StartsWith("${", StringComparison.Ordinal)
            && !text.AsSpan(at).StartsWith("$${", StringComparison.Ordinal)
        );
        return new Expression.Literal(PropertyValue.Of(text[start..at]));
    }

    private static string? FunctionOf(YamlMappingNode map) =>
        map.Children is [{ Key: YamlScalarNode { Value: { } name } }]
        && name.StartsWith("fn::", StringComparison.Ordinal)
            ? name
            : null;

    private static Expression ReadFunction(string function, YamlMappingNode map)
    {
        var argument = map.Children[0].Value;
        return function switch
        {
            "fn::secret" => new Expression.Secret(Read(argument)),
            "fn::invoke" => ReadInvoke(new YamlFields(argument)),
            _ => throw At(map, $"calls {function}, which this engine does not have"),
        };
    }

    private static Expression.Invoke ReadInvoke(YamlFields fields)
    {
        var options = fields.Fields("options");
        var invoke = new Expression.Invoke(
            fields.RequiredText("function"),
            fields.Node("arguments") is { } arguments ? Read(arguments) : new Expression.Map([]),
            fields.Text("return"),
            options?.Names("provider").SingleOrDefault()
        );
        options?.RefuseOthers("provider", "version");
        fields.RefuseOthers("function", "arguments", "return", "options");
        return invoke;
    }
}
