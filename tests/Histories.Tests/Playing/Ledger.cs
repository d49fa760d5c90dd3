using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Histories.Broken;
using QingCloudMySqlStandby.Histories.Oracle;
using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Http;

namespace QingCloudMySqlStandby.Histories.Playing;

/// <summary>What programs declared and what the provider said, in the terms of the oracle. It knows a resource by one
/// name for as long as it lives, whatever it is renamed to, and labels all calls of the API with the run and the resource
/// that they are made for.</summary>
internal sealed partial class Ledger(TimeProvider clock)
{
    private readonly Dictionary<string, (string Stack, string Resource)> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Intent> _current = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Intent> _afterImport = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _formerUrns = new(StringComparer.Ordinal);
    private readonly AsyncLocal<string?> _caller = new();
    private int _runs;

    public List<Intent> Intents { get; } = [];
    public List<Statement> Statements { get; } = [];

    /// <summary>The resource of a URN goes on under another URN. What comes under the old one is another resource; the
    /// link belongs to it too, for links belong to whom their start job names.</summary>
    public void Rename(string from, string to, string clusterId)
    {
        var former = NameOf(to);
        _names[to] = NameOf(from);
        _names[from] = (NameOf(from).Stack, $"{Urns.NameOf(from)}.{++_runs}");
        var (stack, resource) = _names[from];

        Inherit(stack, resource, clusterId);

        // What came under the new URN before left links that name it.
        var left = Intents.Where(each => (each.Stack, each.Resource) == former).Select(each => each.ClusterId);
        foreach (var cluster in left.Distinct().ToList())
            Inherit(_names[to].Stack, _names[to].Resource, cluster);
    }

    /// <summary>A resource is deleted under the URN that it had.</summary>
    public void Know(string formerUrn, string urn) => _formerUrns[formerUrn] = urn;

    /// <summary>Takes a renaming back that no state has taken over.</summary>
    public void TakeBack(string from, string to)
    {
        _names[from] = NameOf(to);
        _names.Remove(to);
    }

    /// <summary>A run of a resource begins.</summary>
    public void Begin(string urn, Intent intent)
    {
        var (stack, resource) = NameOf(urn);
        var begun = intent with
        {
            At = clock.GetUtcNow(),
            Run = ++_runs,
            Stack = stack,
            Resource = resource,
            Urn = urn,
        };
        _current[urn] = begun;
        Intents.Add(begun);
    }

    /// <summary>The run that begins once the resource is imported.</summary>
    public void BeginAfterImport(string urn, Intent intent) => _afterImport[urn] = intent;

    /// <summary>A command begins: what a former one has begun is over.</summary>
    public void BeginCommand()
    {
        _current.Clear();
        _formerUrns.Clear();
        _afterImport.Clear();
    }

    /// <summary>Writes down what the provider said in a run, and in the preview before it.</summary>
    public void Say(RunResult result, RunResult? preview)
    {
        foreach (var call in result.Calls.Where(call => !call.Preview && IsKept(call.Urn)))
        {
            var isRepeated = result.Calls.Any(later => IsRepetition(call, later));
            // The old half of a replacement is no answer about the resource, but the run lasts as long.
            var removes = _current[call.Urn].Operation is "destroy" or "forget";
            foreach (var word in WordsOf(call, isRepeated, result.Interrupted))
            {
                var said = word == "removed" && !removes ? "replaced" : word;
                Say(call.Urn, call.Ended ?? clock.GetUtcNow(), ClusterOf(call), said);
            }
        }

        // What the run did not come to is as before, whatever a look has answered.
        var ended = result.Steps.Where(step => step is { Kind: not StepKind.Refresh, Outcome: StepOutcome.Succeeded });
        var urns = ended.Select(step => step.Urn).ToHashSet(StringComparer.Ordinal);
        urns.ExceptWith(result.Steps.Where(step => step.Outcome == StepOutcome.Failed).Select(step => step.Urn));
        urns.ExceptWith(result.After.Resources.Where(state => state.Delete).Select(state => state.Urn));
        var acted = result
            .Calls.Where(call => call is { Preview: false, Method: "Create" or "Update" or "Delete" })
            .Select(call => call.Urn)
            .ToHashSet(StringComparer.Ordinal);
        foreach (
            var (urn, intent) in _current.Where(each =>
                each.Value.Operation is not ("refresh" or "preview") && !urns.Contains(each.Key)
            )
        )
            Say(urn, clock.GetUtcNow(), intent.ClusterId, acted.Contains(urn) ? "refused" : "skipped");

        var messages = result.Messages.Concat(preview?.Messages ?? []).Where(message => IsKept(message.Urn));
        var words = messages.Select(message => (message.Urn, Word: WordOf(message.Content)));
        foreach (var (urn, word) in words.Where(each => each.Word is not null).Distinct())
            Say(urn, clock.GetUtcNow(), _current[urn].ClusterId, word!);
    }

    /// <summary>The provider with each call made in the name of its run.</summary>
    public IProvider Labelled(IProvider provider) => new Labels(provider, this);

    /// <summary>The way to the API with the name of the run on each call.</summary>
    public HttpMessageHandler Network(SimulatedApi api) => new LabelledNetwork(api, () => _caller.Value ?? "reader");

    private void Say(string urn, DateTimeOffset at, string clusterId, string state)
    {
        var (stack, resource) = NameOf(urn);
        Statements.Add(new Statement(at, stack, resource, clusterId, state));
    }

    private bool IsKept(string urn) => _current.ContainsKey(urn);

    /// <summary>The cluster that an answer is about: the one in the state, or in the id that was asked for.</summary>
    private string ClusterOf(ProviderCall call) =>
        StateOf(call) is { } state && Text(state, "clusterId") is { } cluster ? cluster
        : call.Request is ReadRequest { Id: var read } ? read.Split('/')[^1]
        : call.Request is DeleteRequest { Id: var deleted } ? deleted.Split('/')[^1]
        : _current[call.Urn].ClusterId;

    private (string Stack, string Resource) NameOf(string urn) =>
        _names.TryGetValue(urn, out var name) ? name : (urn.Split(':')[2], Urns.NameOf(urn));

    private string LabelOf(string urn) =>
        _current.GetValueOrDefault(urn) is { } intent ? $"{intent.Stack}/{intent.Resource}#{intent.Run}"
        : _formerUrns.TryGetValue(urn, out var now) ? LabelOf(now)
        : $"{urn}#none";

    /// <summary>A resource has the links of a cluster that name its URN.</summary>
    private void Inherit(string stack, string resource, string clusterId)
    {
        // The next command may begin at once.
        var now = clock.GetUtcNow().AddTicks(-1);
        Intents.Add(new Intent(now, ++_runs, stack, resource, clusterId, "", "", SyncWay.Full, Operation: "import"));
        Statements.Add(new Statement(now, stack, resource, clusterId, "unknown"));
    }

    private static bool IsRepetition(ProviderCall call, ProviderCall later) =>
        later.Began >= call.Ended && (later.Method, later.Urn) == (call.Method, call.Urn) && call.Error is not null;

    private static IEnumerable<string> WordsOf(ProviderCall call, bool isRepeated, bool isInterrupted)
    {
        var isOperation = call.Method is "Read" or "Create" or "Update" or "Delete";
        if (StateOf(call) is { } state && Text(state, "state") is { } said)
            yield return said;
        if (call.Answer is CreateResult or UpdateResult)
            yield return "done";
        if (call is { Method: "Read", Answer: null, Error: null, Ended: not null })
            yield return "gone";
        if (call is { Method: "Delete", Error: null, Ended: not null })
            yield return "removed";
        if (call.Answer is ReadResult { Inputs: null } or CheckResult { Failures.Count: > 0 })
            yield return "refused";
        if (isOperation && (call.Ended is null || HasDied(call)))
            yield return "interrupted";
        else if (call.Error is not null && !isRepeated)
            yield return call.Error is RefusalException ? "refused"
            : isInterrupted ? "cancelled"
            : "failed";
    }

    private static bool HasDied(ProviderCall call) =>
        call.Error?.Message.EndsWith("process has died.", StringComparison.Ordinal) == true;

    private static PropertyMap? StateOf(ProviderCall call) =>
        call switch
        {
            { Answer: CreateResult created } => created.State,
            { Answer: UpdateResult updated } => updated.State,
            { Answer: ReadResult read } => read.State,
            { Error: ResourceInitException partial } => partial.State,
            _ => null,
        };

    private static string? Text(PropertyMap state, string name) =>
        state[name].Bare is PropertyValue.TextValue text ? text.Value : null;

    private static string? WordOf(string message) =>
        message == "warning FailedOver" ? "failover"
        : message.Contains("OVERWRIT", StringComparison.Ordinal) ? "overwrite"
        : message is "warning SourceNotChecked" or "warning AdoptedUnseen" ? "doubt"
        : message.StartsWith("It could not be found out whether", StringComparison.Ordinal) ? "lost"
        : message == "warning SourceStaysReadOnly" || StaysReadOnly().IsMatch(message) ? "fence-left"
        : null;

    [GeneratedRegex("(still|stays) read-only", RegexOptions.None, 60_000)]
    private static partial Regex StaysReadOnly();

    private sealed class Labels(IProvider provider, Ledger ledger) : DecoratedProvider(provider)
    {
        public override async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
        {
            ledger._caller.Value = ledger.LabelOf(request.Urn);
            return await base.CreateAsync(request, cancellationToken);
        }

        public override async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
        {
            ledger._caller.Value = ledger.LabelOf(request.Urn);
            return await base.UpdateAsync(request, cancellationToken);
        }

        public override async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
        {
            ledger._caller.Value = ledger.LabelOf(request.Urn);
            await base.DeleteAsync(request, cancellationToken);
        }

        public override async Task<ReadResult?> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
        {
            ledger._caller.Value = ledger.LabelOf(request.Urn);
            var read = await base.ReadAsync(request, cancellationToken);
            if (request.State.Count == 0 && ledger._afterImport.Remove(request.Urn, out var next))
            {
                // What is said of the import belongs to it: the next run begins a moment later.
                ledger.Begin(request.Urn, next);
                ledger.Intents[^1] = ledger._current[request.Urn] = ledger.Intents[^1] with
                {
                    At = ledger.Intents[^1].At.AddTicks(1),
                };
            }

            return read;
        }
    }

    private sealed class LabelledNetwork(SimulatedApi api, Func<string> caller) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            // Nothing of it is to be disposed: it holds neither sockets nor buffers.
            var network = new HttpMessageInvoker(new SimulatorHandler(api, caller()), disposeHandler: false);
            return await network.SendAsync(request, cancellationToken);
        }
    }
}
