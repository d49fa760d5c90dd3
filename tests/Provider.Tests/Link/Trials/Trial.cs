using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Simulator;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link.Trials;

/// <summary>A world, a stack whose program has one link, and what happens to both. What a command did is read from the
/// calls that reached the cloud: <c>S(full)</c> and <c>S(increment)</c> are start_standby, <c>X</c> is stop_standby and
/// <c>P</c> is promote_standby, in their order. A cluster other than <see cref="World.Standby"/> follows an <c>@</c>, a
/// source other than <see cref="World.Source"/> a <c>&lt;</c>, and a refusal by the cloud a <c>!</c>.</summary>
internal sealed partial class Trial : IDisposable
{
    /// <summary>The name of the link in the program.</summary>
    public const string Name = "orders-dr";

    /// <summary>The id of the link, and its import id.</summary>
    public const string Id = World.StandbyZone + "/" + World.Standby;

    public const string CtrlC = "Ctrl-C";
    public const string TimeLimit = "time limit";
    public const string Kill = "kill";

    private const string Service = "RunClusterCustomService";

    private readonly Obstructions _obstructions = new();
    private int _seen;

    /// <param name="knobs">How the cloud behaves; null: as it does by default.</param>
    /// <param name="seed">The seed of all that happens by chance.</param>
    public Trial(Knobs? knobs = null, int seed = 1)
    {
        World = new World(seed, clusters: []) { Network = network => new ObstructedNetwork(network, _obstructions) };
        Cloud.Knobs = knobs ?? Cloud.Knobs;
        AddOlderJobs();
        foreach (var cluster in World.Clusters)
            Cloud.AddCluster(cluster);

        World.Time.Advance(TimeSpan.FromHours(1));
        Stack = World.NewStack();
        Declare(Program);
    }

    /// <summary>The program as it is at first: the link is copied in full.</summary>
    public static PropertyMap Program => World.LinkInputs;

    /// <summary>The program with an edit that stops the link and starts it with <c>increment</c>.</summary>
    public static PropertyMap WithOtherHost => Program.Source("host", "192.168.0.233");

    /// <summary>The program that switches over, or accepts that somebody did.</summary>
    public static PropertyMap Promoted => Program.With("promoted", true);

    public World World { get; }
    public Stack Stack { get; }
    public SimulatedCloud Cloud => World.Cloud;

    /// <summary>The options of the link in the program.</summary>
    public ResourceOptions Options { get; set; } = new();

    /// <summary>What the stack's state has of the link.</summary>
    public ResourceState Stored => Stack.State.Find(Name) ?? throw new InvalidOperationException("It is not there.");

    /// <summary>The output <c>state</c> of the link.</summary>
    public string? State => TextOf(Stored.Outputs["state"]);

    /// <summary>The output <c>jobId</c> of the link.</summary>
    public string? JobId => TextOf(Stored.Outputs["jobId"]);

    /// <summary>The source that the standby truly follows; null: it has none.</summary>
    public string? Follows => Cloud.LinkOf(World.Standby)?.Source.ClusterId;

    /// <summary>The program with its consent to start over an event.</summary>
    public static PropertyMap RelinkAfter(string value, PropertyMap? program = null) =>
        (program ?? Program).With("relinkAfter", value);

    /// <summary>How a standby reaches a cluster as its source.</summary>
    public static SourceEndpoint From(string cluster) =>
        new(cluster, World.Clusters.Single(each => each.Id == cluster).Zone);

    public void Run(Func<Task> body) => World.Run(body);

    public Task PassAsync(TimeSpan time) => World.PassAsync(time);

    public void Dispose() => World.Dispose();

    /// <summary>Makes a link the only resource of the program.</summary>
    public void Declare(PropertyMap inputs, string name = Name) =>
        Stack.Program = StackProgram.Of(World.Link(name, inputs, Options));

    /// <summary>The newest job of a service or an action on a cluster.</summary>
    public string JobOf(string operation, string cluster = World.Standby) =>
        Cloud.Jobs.First(job => job.ClusterId == cluster && (job.Service ?? job.Action) == operation).Id;

    /// <summary>Does something at a cluster, and waits until it has long been done.</summary>
    /// <returns>The id of its job.</returns>
    public async Task<string> AtConsoleAsync(Func<SimulatedCloud, JobView> act)
    {
        var job = act(Cloud).Id;
        await PassAsync(TimeSpan.FromMinutes(10));
        return job;
    }

    /// <summary>Somebody ends the link at the console: <c>promoted</c> or <c>stopped</c>.</summary>
    /// <returns>The id of the job that did.</returns>
    public Task<string> FailOverAsync(string how) =>
        AtConsoleAsync(cloud =>
            how == "promoted" ? cloud.PromoteByConsole(World.Standby) : cloud.StopByConsole(World.Standby)
        );

    /// <summary>Does something after a while.</summary>
    public async Task LaterAsync(TimeSpan after, Action act)
    {
        await PassAsync(after);
        act();
    }

    /// <summary>The calls that were made since they were last asked for.</summary>
    public string TakeCalls()
    {
        var calls = World.Api.Calls.Of(Service);
        var text = calls.Skip(_seen).Where(call => call.Service != "set_readonly").Select(Notation.Of);
        _seen = calls.Count;
        return string.Join(' ', text);
    }

    /// <summary>Answers every read of a zone with an error, until it is called with null.</summary>
    public void RefuseReads(string zone, int? code) => _obstructions.Set(zone, code);

    /// <summary>An up with its preview that must succeed, and must make these calls.</summary>
    public async Task<RunResult> UpAsync(string calls, PropertyMap? program = null, RunOptions? options = null)
    {
        if (program is not null)
            Declare(program);

        var result = await Stack.UpAsync((options ?? new RunOptions()) with { PreviewFirst = true });
        Expect(result, succeeds: true, calls);
        return result;
    }

    /// <summary>An up without preview that must succeed, and must make these calls: where only a preview would be
    /// refused.</summary>
    public async Task UpWithoutPreviewAsync(string calls, PropertyMap? program = null, RunOptions? options = null)
    {
        if (program is not null)
            Declare(program);

        Expect(await Stack.UpAsync(options), succeeds: true, calls);
    }

    /// <summary>An up without preview that must fail, and must make these calls.</summary>
    public async Task<RunResult> FailsAsync(string calls, PropertyMap? program = null, RunOptions? options = null)
    {
        if (program is not null)
            Declare(program);

        var result = await Stack.UpAsync(options);
        Expect(result, succeeds: false, calls);
        return result;
    }

    /// <summary>A preview and an up that must both be refused without any call. Their errors must name
    /// something.</summary>
    public async Task<RunResult> RefusedAsync(string named, PropertyMap? program = null, RunOptions? options = null)
    {
        if (program is not null)
            Declare(program);

        var preview = await Stack.PreviewAsync(options);
        Expect(preview, succeeds: false, "");
        Names(preview, named);
        var up = await FailsAsync("", options: options);
        Names(up, named);
        return up;
    }

    /// <summary>A refresh that must succeed.</summary>
    public async Task<RunResult> RefreshAsync()
    {
        var result = await Stack.RefreshAsync();
        Expect(result, succeeds: true, "");
        return result;
    }

    /// <summary>A destroy that must succeed, and must make these calls.</summary>
    public async Task DestroyAsync(string calls) => Expect(await Stack.DestroyAsync(), succeeds: true, calls);

    /// <summary>An up that ends before it is done.</summary>
    /// <param name="how">Ctrl-C, the time limit, or a kill of the engine with its plugins; anything else: it fails by
    /// itself.</param>
    /// <param name="after">When that is.</param>
    /// <param name="calls">The calls until then.</param>
    /// <param name="program">The program.</param>
    /// <param name="options">How to run.</param>
    public async Task<RunResult> BreakOffAsync(
        string how,
        TimeSpan after,
        string calls,
        PropertyMap? program = null,
        RunOptions? options = null
    )
    {
        var (unlimited, inputs) = (Options, program ?? Program);
        if (how == TimeLimit)
            Options = Options with { Timeouts = new CustomTimeouts(Create: after, Update: after) };

        Declare(inputs);
        using var crash = new CancellationTokenSource(how == Kill ? after : Timeout.InfiniteTimeSpan, World.Time);
        var run = (options ?? new RunOptions()) with
        {
            InterruptAfter = how == CtrlC ? after : null,
            Crash = crash.Token,
        };
        var result = await FailsAsync(calls, options: run);
        Options = unlimited;
        Declare(inputs);
        return result;
    }

    /// <summary>Checks how a run ended, and which calls it made.</summary>
    public void Expect(RunResult result, bool succeeds, string calls)
    {
        var observed = TakeCalls();
        Assert.True(
            result.Succeeded == succeeds && observed == calls,
            $"expected [{calls}] and {(succeeds ? "success" : "failure")}; observed [{observed}] and "
                + (result.Succeeded ? "success" : $"failure: {string.Join('\n', result.Errors)}")
        );
    }

    /// <summary>Checks that the errors of a run name something.</summary>
    public static void Names(RunResult result, string named) =>
        Assert.Contains(named, string.Join('\n', result.Errors), StringComparison.Ordinal);

    /// <summary>The value of <c>relinkAfter</c> that a refusal offers.</summary>
    public static string ConsentIn(RunResult refused)
    {
        var offer = Consent().Match(string.Join('\n', refused.Errors));
        Assert.True(offer.Success, "no value of relinkAfter in: " + string.Join('\n', refused.Errors));
        return offer.Groups["value"].Value;
    }

    [GeneratedRegex("relinkAfter: \"?(?<value>j-[0-9a-z]+|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z)")]
    private static partial Regex Consent();

    private static string? TextOf(PropertyValue value) => (value.Bare as PropertyValue.TextValue)?.Value;

    /// <summary>In each zone, jobs that are older than the clusters of the trial. So the list of jobs reaches back to
    /// before they were there, as the real one does: it has the job that created a cluster.</summary>
    private void AddOlderJobs()
    {
        foreach (var zone in new[] { World.StandbyZone, World.SourceZone })
        {
            var older = "cl-older" + zone;
            Cloud.AddCluster(World.ClusterOf(older, zone));
            Cloud.Restart(older);
            World.Time.Advance(TimeSpan.FromMinutes(10));
            Cloud.SetReadOnlyByConsole(older, readOnly: true);
            World.Time.Advance(TimeSpan.FromMinutes(10));
        }
    }
}
