using System.Collections.Immutable;

namespace QingCloudMySqlStandby.Engine.Program;

/// <summary>What a YAML value says, before anything it refers to is known.</summary>
internal abstract record Expression
{
    private Expression() { }

    /// <summary>The names of the variables, resources and configuration keys that this refers to.</summary>
    public abstract IEnumerable<string> References { get; }

    /// <summary>Its value, where it refers to nothing.</summary>
    public PropertyValue Constant =>
        this switch
        {
            Literal literal => literal.Value,
            List list => new PropertyValue.ListValue([.. list.Items.Select(item => item.Constant)]),
            Map map => PropertyValue.Of(
                PropertyMap.From(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Constant)))
            ),
            _ => throw new EngineException("What should be a constant refers to something."),
        };

    internal sealed record Literal(PropertyValue Value) : Expression
    {
        public override IEnumerable<string> References => [];
    }

    /// <summary><c>${name.property[0]}</c> alone: keeps the type of what it refers to.</summary>
    internal sealed record Access(PropertyPath Path) : Expression
    {
        public string Root => Path.Segments[0].Name!;

        public override IEnumerable<string> References => [Root];
    }

    /// <summary>A text with <c>${...}</c> in it.</summary>
    internal sealed record Text(ImmutableArray<Expression> Parts) : Expression
    {
        public override IEnumerable<string> References => Parts.SelectMany(part => part.References);
    }

    internal sealed record List(ImmutableArray<Expression> Items) : Expression
    {
        public override IEnumerable<string> References => Items.SelectMany(item => item.References);
    }

    internal sealed record Map(ImmutableArray<KeyValuePair<string, Expression>> Entries) : Expression
    {
        public override IEnumerable<string> References => Entries.SelectMany(entry => entry.Value.References);
    }

    /// <summary><c>fn::secret</c>.</summary>
    internal sealed record Secret(Expression Value) : Expression
    {
        public override IEnumerable<string> References => Value.References;
    }

    /// <summary><c>fn::invoke</c>.</summary>
    internal sealed record Invoke(string Token, Expression Arguments, string? Return, string? Provider) : Expression
    {
        public override IEnumerable<string> References =>
            Provider is null ? Arguments.References : Arguments.References.Append(Provider);
    }
}
