using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Engines;

/// <summary>The small engine of these tests.</summary>
internal sealed class SmallEngine : IEngine
{
    private readonly Dictionary<string, string> _config = [];
    private readonly Dictionary<string, string> _secrets = [];
    private readonly string _program;
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("small-engine-");
    private readonly IReadOnlyDictionary<string, string?> _pluginEnvironment;

    public SmallEngine(string program, IReadOnlyDictionary<string, string?>? pluginEnvironment = null)
    {
        _program = program;
        _pluginEnvironment = pluginEnvironment ?? new Dictionary<string, string?>();
    }

    public Task SetAsync(string key, string value) => Task.FromResult(_config[key] = value);

    public Task SetSecretAsync(string key, string value) => Task.FromResult(_secrets[key] = value);

    public Task<EngineRun> PreviewAsync() => RunAsync((stack, run) => stack.PreviewAsync(run));

    public Task<EngineRun> UpAsync(Task? interrupt = null) => RunAsync((stack, run) => stack.UpAsync(run), interrupt);

    public Task<EngineRun> RefreshAsync() => RunAsync((stack, run) => stack.RefreshAsync(run));

    public Task<EngineRun> ImportAsync(string name, string id) =>
        RunAsync((stack, run) => stack.ImportAsync(LinkLines.Type, name, id, protect: false, run));

    public Task<EngineRun> DestroyAsync() => RunAsync((stack, run) => stack.DestroyAsync(run));

    public Task<IReadOnlyList<string>> LinksAsync() =>
        Task.FromResult<IReadOnlyList<string>>([
            .. Stack(TextWriter.Null)
                .ReadState()
                .Resources.Where(resource => resource.Urn.Type == LinkLines.Type)
                .Select(resource =>
                    $"{resource.Urn.Name} {resource.Id} "
                    + string.Join(
                        ' ',
                        LinkLines.Outputs.Select(output => $"{output}={TextOf(resource.Outputs[output])}")
                    )
                )
                .Order(StringComparer.Ordinal),
        ]);

    public Task<string> OutputsAsync()
    {
        using var text = new StringWriter();
        StateText.WriteOutputs(Stack(TextWriter.Null).ReadState(), showSecrets: false, text);
        return Task.FromResult(Comparable(text.ToString()));
    }

    public ValueTask DisposeAsync()
    {
        _state.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A stack's outputs in the order of their names, without those that are times.</summary>
    internal static string Comparable(string json)
    {
        var outputs = JsonNode.Parse(json)!.AsObject();
        return string.Join(
            ' ',
            outputs
                .Where(output => output.Key != "startedAt")
                .OrderBy(output => output.Key, StringComparer.Ordinal)
                .Select(output => $"{output.Key}={output.Value}")
        );
    }

    private static string TextOf(PropertyValue value) =>
        value.Bare switch
        {
            PropertyValue.TextValue text => text.Value,
            PropertyValue.BoolValue flag => flag.Value ? "true" : "false",
            PropertyValue.NullValue => "",
            var other => other.ToString(),
        };

    /// <summary>As Pulumi's preview calls it, which shows a replacement as one operation.</summary>
    private static string NameOf(StepKind kind) =>
        kind == StepKind.CreateReplacement ? "replace" : kind.ToString().ToLowerInvariant();

    private Stack Stack(TextWriter output) =>
        new(
            new StackOptions
            {
                Directory = _program,
                StateFile = Path.Combine(_state.FullName, "state.json"),
                Passphrase = "open sesame",
                Config = _config,
                Secrets = _secrets,
                PluginEnvironment = _pluginEnvironment,
                Output = output,
            }
        );

    private async Task<EngineRun> RunAsync(Func<Stack, RunOptions, Task<RunResult>> run, Task? interrupt = null)
    {
        using var output = new StringWriter();
        using var pressed = new CancellationTokenSource();
        interrupt?.ContinueWith(_ => pressed.Cancel(), TaskScheduler.Default);
        var result = await run(
            Stack(output),
            new RunOptions { Interrupt = pressed.Token, Kill = TestContext.Current.CancellationToken }
        );
        var operations = result
            .Steps.Where(step =>
                step.Urn.Type == LinkLines.Type
                && step.Kind is not (StepKind.Same or StepKind.Refresh or StepKind.DeleteReplaced)
            )
            .Select(step => $"{NameOf(step.Kind)} {step.Name}")
            .Order(StringComparer.Ordinal);
        return new EngineRun(result.Succeeded, output + string.Join('\n', result.Errors), [.. operations]);
    }
}
