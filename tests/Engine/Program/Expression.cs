using System.Collections.Immutable;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.Engine.Program;

/// <summary>What a YAML value says, before anything it refers to is known.</summary>
internal abstract record Expression
{
    private Expression()
    {
    }

    /// <summary>The names of the variables, resources and configuration keys that this refers to.</summary>
    public abstract IEnumerable<string> References { get; }

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
    internal sealed record Invoke(string Token, Expression Arguments, string? Return, Expression? Provider) : Expression
    {
        public override IEnumerable<string> References => Arguments.References.Concat(Provider?.References ?? []);
    }
}
