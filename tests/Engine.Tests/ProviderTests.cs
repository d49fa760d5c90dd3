namespace QingCloudMySqlStandby.Engine.Tests;

public sealed class ProviderTests : IDisposable
{
    private readonly TestStack _stack = new();

    public void Dispose() => _stack.Dispose();

    [Fact]
    public async Task The_default_provider_is_configured_from_the_configuration_as_texts()
    {
        _stack.Config["test:zone"] = "sh1a";
        _stack.Config["test:limit"] = "5";
        _stack.Secrets["test:key"] = "k";

        var result = await _stack.Thing("{ name: a }").Engine.UpAsync();

        Assert.True(result.Succeeded, _stack.Output.ToString());
        var configuration = Assert.Single(_stack.Cloud.Configurations).Args;
        Assert.Equal(PropertyValue.Of("sh1a"), configuration["zone"]);
        Assert.Equal(PropertyValue.Of("5"), configuration["limit"]);
        Assert.Equal(PropertyValue.Of("k").AsSecret(), configuration["key"]);
    }

    [Fact]
    public async Task A_provider_resource_has_steps_and_a_process_of_its_own()
    {
        const string Program = """
            resources:
              mine: { type: "pulumi:providers:test", properties: { limit: LIMIT } }
              thing: { type: test:Thing, options: { provider: "${mine}" } }
            """;
        var first = await _stack.Program(Program.Replace("LIMIT", "5", StringComparison.Ordinal)).Engine.UpAsync();

        var second = await _stack.Program(Program.Replace("LIMIT", "6", StringComparison.Ordinal)).Engine.UpAsync();

        Assert.True(first.Succeeded, _stack.Output.ToString());
        Assert.Equal(PropertyValue.Of(5), _stack.Cloud.Configurations.First().Args["limit"]);
        Assert.Equal([StepKind.Update, StepKind.Same], second.Steps.Select(step => step.Kind));
        Assert.Single(second.Plugins);
        Assert.StartsWith(
            "urn:pulumi:dev::proj::pulumi:providers:test::mine::",
            second.State.Find("thing")!.Provider,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_provider_whose_configuration_is_unknown_yet_is_not_asked()
    {
        var result = await _stack
            .Program(
                """
                resources:
                  first: { type: test:Thing }
                  mine: { type: "pulumi:providers:test", properties: { zone: "${first.id}" } }
                  thing: { type: test:Thing, options: { provider: "${mine}" } }
                """
            )
            .Engine.PreviewAsync();

        Assert.True(result.Succeeded, _stack.Output.ToString());
        Assert.Equal(1, result.Calls.Count(call => call.Method == "Configure"));
        Assert.Equal(1, result.Calls.Count(call => call.Method == "Create"));
    }

    [Fact]
    public async Task Refresh_and_destroy_use_the_configuration_of_the_last_update()
    {
        _stack.Config["test:zone"] = "old";
        await _stack.Thing("{ name: a }").Engine.UpAsync();
        _stack.Config["test:zone"] = "new";

        await _stack.Engine.RefreshAsync();

        Assert.Equal(PropertyValue.Of("old"), _stack.Cloud.Configurations.Last().Args["zone"]);
    }

    [Fact]
    public async Task Functions_can_be_called()
    {
        var result = await _stack
            .Program(
                """
                variables:
                  asked: { fn::invoke: { function: "test:index:ask", arguments: { question: 42 }, return: answer } }
                outputs: { answer: "${asked}" }
                """
            )
            .Engine.UpAsync();

        Assert.True(result.Succeeded, _stack.Output.ToString());
        Assert.Equal(PropertyValue.Of(42), result.Outputs["answer"]);
    }

    [Fact]
    public async Task Existing_resources_can_be_listed()
    {
        _stack.Cloud.Things["t-9"] = PropertyMap.Empty;

        var result = await _stack.Program("resources: {}").Engine.ListAsync("test:Thing");

        Assert.Equal("t-9", Assert.Single(result.Listed).Key);
    }

    [Fact]
    public async Task A_plugin_that_does_not_exist_is_named()
    {
        var result = await _stack.Program("resources: { thing: { type: other:Thing } }").Engine.UpAsync();

        Assert.False(result.Succeeded);
        Assert.Contains("other", Assert.Single(result.Errors), StringComparison.Ordinal);
    }
}
