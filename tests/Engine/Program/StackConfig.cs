using System.Collections.Immutable;
using System.Text.Json;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Program;

/// <summary>A configured value: a text, or JSON text for anything else, as <c>pulumi config</c> keeps it.</summary>
internal sealed record ConfigValue(string Text, bool Secret)
{
    public PropertyValue AsProperty => Secret ? PropertyValue.Of(Text).AsSecret() : PropertyValue.Of(Text);
}

/// <summary>The configuration of a stack: <c>Pulumi.STACK.yaml</c>, what the project sets, and the options of the
/// run.</summary>
internal sealed record StackConfig(ImmutableSortedDictionary<string, ConfigValue> Values)
{
    public static StackConfig Empty { get; } = new(ImmutableSortedDictionary<string, ConfigValue>.Empty);

    public static StackConfig Load(
        Project project,
        string stack,
        IReadOnlyDictionary<string, string> plain,
        IReadOnlyDictionary<string, string> secret
    )
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, ConfigValue>(StringComparer.Ordinal);
        foreach (var declaration in project.Config)
        {
            if (declaration.Default is { } value)
                values[Full(project, declaration.Key)] = Literal(value, declaration.Secret);
        }

        foreach (var (key, node) in ReadFile(Path.Combine(project.Directory, $"Pulumi.{stack}.yaml")))
            values[Full(project, key)] = Literal(node, IsSecret(project, key));

        SetAll(plain, isSecret: false);
        SetAll(secret, isSecret: true);
        return new StackConfig(values.ToImmutable());

        void SetAll(IReadOnlyDictionary<string, string> options, bool isSecret)
        {
            foreach (var (key, text) in options)
                values[Full(project, key)] = new ConfigValue(text, isSecret || IsSecret(project, key));
        }
    }

    /// <summary>The inputs of a package's default provider.</summary>
    public PropertyMap ForPackage(string package) =>
        PropertyMap.From(
            Values
                .Where(entry => entry.Key.StartsWith(package + ":", StringComparison.Ordinal))
                .Select(entry => KeyValuePair.Create(entry.Key[(package.Length + 1)..], entry.Value.AsProperty))
        );

    /// <summary>The value of a key that the project declares, in its declared type.</summary>
    public PropertyValue ValueOf(Project project, ConfigDeclaration declaration)
    {
        var configured =
            Values.GetValueOrDefault(Full(project, declaration.Key))
            ?? throw new EngineException(
                $"The configuration lacks '{declaration.Key}': set it with --config {declaration.Key}=VALUE."
            );
        var value = Typed(declaration, configured.Text);
        return configured.Secret ? value.AsSecret() : value;
    }

    private static PropertyValue Typed(ConfigDeclaration declaration, string text)
    {
        if (string.Equals(declaration.Type, "string", StringComparison.OrdinalIgnoreCase))
            return PropertyValue.Of(text);

        try
        {
            return PropertyJson.ReadPlain(text);
        }
        catch (JsonException exception)
        {
            throw new EngineException(
                $"'{declaration.Key}' should be of type {declaration.Type}, but '{text}' is not.",
                exception
            );
        }
    }

    private static bool IsSecret(Project project, string key) =>
        project.Config.Any(declaration => declaration.Secret && Full(project, declaration.Key) == Full(project, key));

    private static string Full(Project project, string key) =>
        key.Contains(':', StringComparison.Ordinal) ? key : $"{project.Name}:{key}";

    private static IEnumerable<KeyValuePair<string, Expression>> ReadFile(string file) =>
        File.Exists(file)
            ? (new YamlFields(ProjectReader.Parse(File.ReadAllText(file))).Fields("config")?.All ?? []).Select(entry =>
                KeyValuePair.Create(entry.Key, ExpressionReader.Read(entry.Value))
            )
            : [];

    private static ConfigValue Literal(Expression expression, bool secret) =>
        expression switch
        {
            Expression.Literal { Value: PropertyValue.TextValue text } => new ConfigValue(text.Value, secret),
            Expression.Map { Entries: [{ Key: "secure" }] } => throw new EngineException(
                "The stack's configuration holds a secret that only Pulumi can read: give it with --secret KEY=VALUE."
            ),
            _ => new ConfigValue(PropertyJson.WritePlain(expression.Constant), secret),
        };
}
