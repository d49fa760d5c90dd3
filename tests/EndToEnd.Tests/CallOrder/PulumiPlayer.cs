using System.Globalization;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Plugin.Loopback;
using QingCloudMySqlStandby.Plugin.Service;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.EndToEnd.Tests.CallOrder;

/// <summary>Plays on Pulumi's command line, which attaches to a provider in this process.</summary>
internal sealed class PulumiPlayer : IPlayer, IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("call-order-");
    private readonly AttachedEngines _engines = new(TextWriter.Null, TimeProvider.System, message => message);
    private readonly LoopbackServer _server;

    private PulumiPlayer()
    {
        var service = new ProviderService(new Lazy<IProvider>(() => Things), _engines, message => message);
        _server = new LoopbackServer(TimeProvider.System, Wire.ResourceProvider.BindService(service));
    }

    public Things Things { get; } = new();
    public List<IReadOnlyList<string>> Story { get; } = [];
    public StackProgram Program { get; set; } = StackProgram.Empty;

    private Dictionary<string, string?> Environment =>
        new()
        {
            ["PULUMI_HOME"] = _folder.FullName,
            ["PULUMI_BACKEND_URL"] = $"file://{_folder.FullName}",
            ["PULUMI_CONFIG_PASSPHRASE"] = "open sesame",
            ["PULUMI_SKIP_UPDATE_CHECK"] = "true",
            ["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] = "true",
            ["PULUMI_DEBUG_PROVIDERS"] = string.Create(
                CultureInfo.InvariantCulture,
                $"{Things.Package}:{_server.Port}"
            ),
        };

    public static async Task<IReadOnlyList<IReadOnlyList<string>>> PlayAsync(Func<IPlayer, Task> scenario)
    {
        await using var player = new PulumiPlayer();
        await player._server.StartAsync(CancellationToken.None);
        player.WriteProgram();
        await Command.CheckAsync("pulumi", ["stack", "init", "dev"], player._folder.FullName, player.Environment);
        await scenario(player);
        return player.Story;
    }

    public async Task RunAsync(string command, RunOptions? options = null, Disturbance disturbance = Disturbance.None)
    {
        WriteProgram();
        var disturbed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Things.Disturb = disturbed.SetResult;
        var result = await Command.RunAsync(
            "pulumi",
            [.. WordsOf(command, options ?? new RunOptions()), "--non-interactive", "--stack", "dev"],
            _folder.FullName,
            Environment,
            disturbance == Disturbance.Interrupt ? disturbed.Task : null,
            disturbance == Disturbance.Kill ? disturbed.Task : null
        );
        TestContext.Current.SendDiagnosticMessage($"{command}: {result.ExitCode}\n{result.All}");
        Story.Add([$"{command}: {(result.ExitCode == 0 ? "succeeded" : "failed")}", .. Things.TakeCalls()]);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _engines.Dispose();
        _folder.Delete(recursive: true);
    }

    private static IEnumerable<string> WordsOf(string command, RunOptions options)
    {
        var words = command.Split(' ');
        switch (words)
        {
            case ["import", var name, var id]:
                return ["import", Things.Type, name, id, "--yes", "--skip-preview", "--protect=false"];
            case ["state", var verb, var name, .. var more]:
                return ["state", verb, UrnOf(name), .. more, "--yes"];
            case ["cancel"]:
                return ["cancel", "--yes"];
        }

        var isPreview = words[0] == "preview";
        return
        [
            .. words,
            .. isPreview ? [] : new[] { "--yes" },
            .. isPreview || options.PreviewFirst ? [] : new[] { "--skip-preview" },
            .. options.Refresh ? new[] { "--refresh" } : [],
            .. options.RunProgram ? new[] { "--run-program" } : [],
            .. options.ContinueOnError ? new[] { "--continue-on-error" } : [],
            .. options.ClearPendingCreates ? new[] { "--clear-pending-creates" } : [],
            .. options.Targets.SelectMany(name => new[] { "--target", UrnOf(name) }),
            .. options.Replace.SelectMany(name => new[] { "--replace", UrnOf(name) }),
        ];
    }

    private static string UrnOf(string name) => Urns.Of("dev", "shop", Things.Type, name);

    /// <summary>JSON is YAML.</summary>
    private void WriteProgram() =>
        File.WriteAllText(
            Path.Combine(_folder.FullName, "Pulumi.yaml"),
            new JsonObject
            {
                ["name"] = "shop",
                ["runtime"] = "yaml",
                ["variables"] = new JsonObject(Program.Functions.Select(FunctionOf)),
                ["resources"] = new JsonObject(Program.Resources.Select(ResourceOf)),
                ["outputs"] = JsonOf(PropertyValue.Of(Program.Outputs)),
            }.ToJsonString()
        );

    private static KeyValuePair<string, JsonNode?> FunctionOf(FunctionCall call) =>
        KeyValuePair.Create<string, JsonNode?>(
            call.Name,
            new JsonObject
            {
                ["fn::invoke"] = new JsonObject
                {
                    ["function"] = call.Token,
                    ["arguments"] = JsonOf(PropertyValue.Of(call.Arguments)),
                },
            }
        );

    private static KeyValuePair<string, JsonNode?> ResourceOf(Resource resource)
    {
        var declared = new JsonObject { ["type"] = resource.Type };
        if (resource.Options.Get is { } id)
            declared["get"] = new JsonObject { ["id"] = id };
        else
            declared["properties"] = JsonOf(PropertyValue.Of(resource.Inputs));

        if (!resource.IsProvider)
            declared["options"] = OptionsOf(resource.Options);

        return KeyValuePair.Create<string, JsonNode?>(resource.Name, declared);
    }

    private static JsonObject OptionsOf(ResourceOptions options)
    {
        var json = new JsonObject
        {
            ["dependsOn"] = References(options.DependsOn),
            ["replaceWith"] = References(options.ReplaceWith),
            ["protect"] = options.Protect,
            ["retainOnDelete"] = options.RetainOnDelete,
            ["ignoreChanges"] = Names(options.IgnoreChanges),
            ["replaceOnChanges"] = Names(options.ReplaceOnChanges),
            ["aliases"] = Names(options.Aliases.Select(UrnOf)),
        };
        if (options.DeleteBeforeReplace is { } first)
            json["deleteBeforeReplace"] = first;
        if (options.Provider is { } provider)
            json["provider"] = $"${{{provider}}}";
        if (options.Import is { } import)
            json["import"] = import;
        if (options.ReplacementTrigger is PropertyValue.TextValue trigger)
            json["replacementTrigger"] = trigger.Value;
        if (options.Timeouts is { Create: { } create })
            json["customTimeouts"] = new JsonObject { ["create"] = $"{create.TotalSeconds}s" };

        return json;
    }

    private static JsonArray References(IEnumerable<string> names) =>
        [.. names.Select(name => JsonValue.Create($"${{{name}}}"))];

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(name => JsonValue.Create(name))];

    private static JsonNode? JsonOf(PropertyValue value) =>
        value switch
        {
            PropertyValue.SecretValue secret => new JsonObject { ["fn::secret"] = JsonOf(secret.Value) },
            PropertyValue.TextValue text => text.Value,
            PropertyValue.NumberValue number => number.Value,
            PropertyValue.MapValue map => new JsonObject(
                map.Map.Select(entry => KeyValuePair.Create(entry.Key, JsonOf(entry.Value)))
            ),
            _ => throw new InvalidOperationException($"No scenario has a {value}."),
        };
}
