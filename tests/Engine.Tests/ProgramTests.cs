using QingCloudMySqlStandby.Engine.Program;

namespace QingCloudMySqlStandby.Engine.Tests;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("text", "text")]
    [InlineData("\"12\"", "12")]
    [InlineData("\"a-${source}-b\"", "a-x-b")]
    [InlineData("\"$${source}\"", "${source}")]
    [InlineData("${map.list[1]}", "second")]
    [InlineData("'${map[\"dotted.key\"]}'", "dotted")]
    [InlineData("\"costs $5\"", "costs $5")]
    public async Task Texts(string yaml, string expected) =>
        Assert.Equal(PropertyValue.Of(expected), await EvaluateAsync(yaml));

    [Fact]
    public async Task Scalars_keep_their_types()
    {
        Assert.Equal(PropertyValue.Of(12), await EvaluateAsync("12"));
        Assert.Equal(PropertyValue.Of(true), await EvaluateAsync("true"));
        Assert.Equal(PropertyValue.Null, await EvaluateAsync("null"));
        Assert.Equal(PropertyValue.Of(5), await EvaluateAsync("${map.number}"));
    }

    [Fact]
    public async Task Secrets_stay_secret_in_texts()
    {
        Assert.True((await EvaluateAsync("\"a-${hidden}\"")).IsSecret);
        Assert.True((await EvaluateAsync("${hidden}")).IsSecret);
        Assert.True((await EvaluateAsync("{ fn::secret: x }")).IsSecret);
    }

    [Fact]
    public async Task Unknowns_spread()
    {
        Assert.True((await EvaluateAsync("\"a-${pending.x}\"")).HasUnknowns);
        Assert.True((await EvaluateAsync("{ k: [ \"${pending}\" ] }")).HasUnknowns);
    }

    [Fact]
    public void Names_come_after_what_they_refer_to()
    {
        var order = ProgramOrder.Sort(
            new Dictionary<string, IReadOnlyCollection<string>>
            {
                ["a"] = ["c"],
                ["b"] = ["a"],
                ["c"] = [],
            }
        );

        Assert.Equal(["c", "a", "b"], order);
    }

    [Fact]
    public void A_circle_is_shown()
    {
        var exception = Assert.Throws<EngineException>(() =>
            ProgramOrder.Sort(new Dictionary<string, IReadOnlyCollection<string>> { ["a"] = ["b"], ["b"] = ["a"] })
        );

        Assert.Contains("a -> b -> a", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_is_refused() =>
        Assert.Contains(
            "'b'",
            Assert
                .Throws<EngineException>(() =>
                    ProgramOrder.Sort(new Dictionary<string, IReadOnlyCollection<string>> { ["a"] = ["b"] })
                )
                .Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("6h", 21600)]
    [InlineData("1h30m", 5400)]
    [InlineData("90s", 90)]
    [InlineData("1.5m", 90)]
    [InlineData("500ms", 0.5)]
    [InlineData("", 0)]
    public void Durations(string text, double seconds) => Assert.Equal(seconds, CustomTimeouts.Seconds(text));

    [Theory]
    [InlineData("soon")]
    [InlineData("5")]
    [InlineData("5d")]
    public void No_durations(string text) => Assert.Throws<EngineException>(() => CustomTimeouts.Seconds(text));

    [Theory]
    [InlineData("resources: { a: { type: t:T, propertees: {} } }", "propertees")]
    [InlineData("resources: { a: { type: t:T, options: { parent: x } } }", "parent")]
    [InlineData("variables: { a: { fn::join: [] } }", "fn::join")]
    [InlineData("resources: { a: { } }", "type")]
    public void What_it_does_not_know_it_refuses(string yaml, string named) =>
        Assert.Contains(
            named,
            Assert.Throws<EngineException>(() => ProjectReader.Read("name: p\nruntime: yaml\n" + yaml, "/")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Configuration_has_the_declared_types()
    {
        var project = ProjectReader.Read(
            """
            name: p
            runtime: yaml
            config:
              count: { type: integer }
              flag: { type: boolean, default: true }
              list: { type: array, items: { type: string } }
              key: { type: string, secret: true }
              t:zone: { value: sh1a }
            """,
            Path.GetTempPath()
        );
        var config = StackConfig.Load(
            project,
            "none",
            new Dictionary<string, string>
            {
                ["count"] = "3",
                ["list"] = "[\"a\"]",
                ["key"] = "k",
            },
            new Dictionary<string, string>()
        );

        Assert.Equal(PropertyValue.Of(3), Value("count"));
        Assert.Equal(PropertyValue.Of(true), Value("flag"));
        Assert.Equal(new PropertyValue.ListValue([PropertyValue.Of("a")]), Value("list"));
        Assert.Equal(PropertyValue.Of("k").AsSecret(), Value("key"));
        Assert.Equal(PropertyValue.Of("sh1a"), config.ForPackage("t")["zone"]);

        PropertyValue Value(string key) =>
            config.ValueOf(project, project.Config.Single(declaration => declaration.Key == key));
    }

    private static async Task<PropertyValue> EvaluateAsync(string yaml)
    {
        var map = PropertyMap
            .Empty.With("list", new PropertyValue.ListValue([PropertyValue.Of("first"), PropertyValue.Of("second")]))
            .With("dotted.key", PropertyValue.Of("dotted"))
            .With("number", PropertyValue.Of(5));
        var scope = new Dictionary<string, Settled>
        {
            ["source"] = new Settled.Value(Evaluated.Of(PropertyValue.Of("x"))),
            ["map"] = new Settled.Value(Evaluated.Of(PropertyValue.Of(map))),
            ["hidden"] = new Settled.Value(Evaluated.Of(PropertyValue.Of("h").AsSecret())),
            ["pending"] = new Settled.Value(Evaluated.Of(PropertyValue.Unknown)),
        };
        var expression = ProjectReader.Read($"name: p\nruntime: yaml\noutputs:\n  it: {yaml}", "/").Outputs[0].Value;
        return (await new Evaluator(scope, null!).EvaluateAsync(expression, CancellationToken.None)).Value;
    }
}
