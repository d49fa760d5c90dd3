using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace QingCloudMySqlStandby.Engine.Program;

/// <summary>A value, and the resources that went into it.</summary>
internal sealed record Evaluated(PropertyValue Value, ImmutableSortedSet<string> Dependencies)
{
    public static Evaluated Of(PropertyValue value) => new(value, []);
}

/// <summary>What a name stands for once it is known.</summary>
internal abstract record Settled
{
    private Settled() { }

    internal sealed record Value(Evaluated Content) : Settled;

    internal sealed record Resource(RegisteredResource Content) : Settled;
}

/// <summary>Turns expressions into values. Everything that an expression refers to has been settled before.</summary>
internal sealed class Evaluator(IReadOnlyDictionary<string, Settled> scope, IResourceMonitor monitor)
{
    public async Task<Evaluated> EvaluateAsync(Expression expression, CancellationToken cancellationToken) =>
        expression switch
        {
            Expression.Literal literal => Evaluated.Of(literal.Value),
            Expression.Access access => Follow(access),
            Expression.Text text => Join(await EvaluateAllAsync(text.Parts, cancellationToken)),
            Expression.List list => MakeList(await EvaluateAllAsync(list.Items, cancellationToken)),
            Expression.Map map => await EvaluateMapAsync(map, cancellationToken),
            Expression.Secret secret => MakeSecret(await EvaluateAsync(secret.Value, cancellationToken)),
            Expression.Invoke invoke => await CallAsync(invoke, cancellationToken),
            _ => throw new InvalidOperationException($"{expression.GetType()} has no value."),
        };

    /// <summary>The resource that an option such as <c>provider</c> refers to.</summary>
    public RegisteredResource Resource(string name) =>
        scope[name] is Settled.Resource resource
            ? resource.Content
            : throw new EngineException($"'{name}' should be a resource.");

    private Evaluated Follow(Expression.Access access) =>
        scope[access.Root] switch
        {
            Settled.Resource resource => new Evaluated(
                FollowInto(resource.Content, access.Path.Rest),
                [resource.Content.Urn.Value]
            ),
            Settled.Value value => value.Content with
            {
                Value = access.Path.Rest.Find(value.Content.Value) ?? PropertyValue.Null,
            },
            _ => throw new InvalidOperationException(),
        };

    private static PropertyValue FollowInto(RegisteredResource resource, PropertyPath path) =>
        path.Segments switch
        {
            [] => new PropertyValue.ReferenceValue(resource.Urn.Value, resource.Id, ""),
            [{ Name: "id" }] => resource.Id,
            [{ Name: "urn" }] => PropertyValue.Of(resource.Urn.Value),
            _ => path.Find(PropertyValue.Of(resource.Outputs))
                ?? (resource.Settled ? PropertyValue.Null : PropertyValue.Unknown),
        };

    private async Task<ImmutableArray<Evaluated>> EvaluateAllAsync(
        ImmutableArray<Expression> expressions,
        CancellationToken cancellationToken
    )
    {
        var values = ImmutableArray.CreateBuilder<Evaluated>(expressions.Length);
        foreach (var expression in expressions)
            values.Add(await EvaluateAsync(expression, cancellationToken));

        return values.ToImmutable();
    }

    private async Task<Evaluated> EvaluateMapAsync(Expression.Map map, CancellationToken cancellationToken)
    {
        var values = await EvaluateAllAsync([.. map.Entries.Select(entry => entry.Value)], cancellationToken);
        var entries = map.Entries.Zip(values, (entry, value) => KeyValuePair.Create(entry.Key, value.Value));
        return new Evaluated(PropertyValue.Of(PropertyMap.From(entries)), DependenciesOf(values));
    }

    private static Evaluated MakeList(ImmutableArray<Evaluated> items) =>
        new(new PropertyValue.ListValue([.. items.Select(item => item.Value)]), DependenciesOf(items));

    private static Evaluated MakeSecret(Evaluated value) => value with { Value = value.Value.AsSecret() };

    private static Evaluated Join(ImmutableArray<Evaluated> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
            text.Append(TextOf(part.Value.Bare));

        var joined = parts.Any(part => part.Value.HasUnknowns)
            ? PropertyValue.Unknown
            : PropertyValue.Of(text.ToString());
        return new Evaluated(
            parts.Any(part => part.Value.IsSecret) ? joined.AsSecret() : joined,
            DependenciesOf(parts)
        );
    }

    private static string TextOf(PropertyValue value) =>
        value switch
        {
            PropertyValue.TextValue text => text.Value,
            PropertyValue.NumberValue number => number.Value.ToString("R", CultureInfo.InvariantCulture),
            PropertyValue.BoolValue truth => truth.Value ? "true" : "false",
            PropertyValue.UnknownValue or PropertyValue.NullValue => "",
            _ => throw new EngineException("Only strings, numbers and booleans can stand in a string."),
        };

    private async Task<Evaluated> CallAsync(Expression.Invoke invoke, CancellationToken cancellationToken)
    {
        var arguments = await EvaluateAsync(invoke.Arguments, cancellationToken);
        if (arguments.Value.HasUnknowns || arguments.Value is not PropertyValue.MapValue map)
            return arguments with { Value = PropertyValue.Unknown };

        var reference = invoke.Provider is not { } provider ? null : ReferenceTo(Resource(provider));
        var answer = await monitor.InvokeAsync(
            new InvokeGoal(YamlProgram.CanonicalType(invoke.Token), map.Map, reference, Version: null),
            cancellationToken
        );
        var value = invoke.Return is null ? PropertyValue.Of(answer) : answer[invoke.Return];
        return arguments with { Value = map.Map.Values.Any(PropertyValues.ContainsSecrets) ? value.AsSecret() : value };
    }

    internal static string ReferenceTo(RegisteredResource provider) =>
        $"{provider.Urn}::{(provider.Id.Bare as PropertyValue.TextValue)?.Value ?? ProviderReference.UnknownId}";

    private static ImmutableSortedSet<string> DependenciesOf(ImmutableArray<Evaluated> values) =>
        [.. values.SelectMany(value => value.Dependencies)];
}
