namespace QingCloudMySqlStandby.Engine.Tests;

public sealed class SecretTests : IDisposable
{
    private readonly TestStack _stack = new();

    public void Dispose() => _stack.Dispose();

    [Fact]
    public async Task A_secret_travels_wrapped_and_is_encrypted_in_the_state_and_never_shown()
    {
        _stack.Secrets["password"] = "hunter2";
        _stack.Program(
            """
            config: { password: { type: string } }
            resources:
              thing: { type: test:Thing, properties: { token: "x-${password}" } }
            outputs: { token: "${thing.token}" }
            """
        );

        var result = await new Stack(_stack.Options with { ShowDiff = true }).UpAsync();

        Assert.True(result.Succeeded, _stack.Output.ToString());
        var token = Assert.Single(_stack.Cloud.Requests.OfType<CreateRequest>()).Inputs["token"];
        Assert.Equal(PropertyValue.Of("x-hunter2").AsSecret(), token);
        Assert.Equal(token, _stack.Engine.ReadState().Find("thing")!.Inputs["token"]);
        Assert.Equal(token, _stack.Engine.ReadState().Outputs["token"]);
        Assert.DoesNotContain("hunter2", _stack.StateText, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", _stack.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("token: [secret]", _stack.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_echoes_a_secret_input_is_secret()
    {
        _stack.Cloud.OnCreate = (_, _) =>
            Task.FromResult(new CreateResult("t", PropertyMap.Empty.With("token", PropertyValue.Of("plain"))));

        var result = await _stack.Thing("{ token: { fn::secret: plain } }").Engine.UpAsync();

        Assert.True(result.State.Find("thing")!.Outputs["token"].IsSecret);
    }

    [Fact]
    public async Task The_program_can_call_outputs_secret()
    {
        var result = await _stack.Thing("{ name: a }", "{ additionalSecretOutputs: [ state ] }").Engine.UpAsync();

        Assert.True(result.State.Find("thing")!.Outputs["state"].IsSecret);
    }

    [Fact]
    public async Task Another_passphrase_does_not_open_the_state()
    {
        await _stack.Thing("{ name: a }").Engine.UpAsync();

        var stack = new Stack(_stack.Options with { Passphrase = "wrong" });

        var exception = Assert.Throws<EngineException>(stack.ReadState);
        Assert.Contains("PULUMI_CONFIG_PASSPHRASE", exception.Message, StringComparison.Ordinal);
    }
}
