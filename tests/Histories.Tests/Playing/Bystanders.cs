using QingCloudMySqlStandby.Histories.Scripts;
using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Histories.Playing;

/// <summary>Everyone who acts on the clusters beside the provider: users at the console, scripts, timers, QingCloud itself
/// and applications.</summary>
internal sealed class Bystanders(Scene scene)
{
    private const int MostWrites = 40;
    private const string KeyOfScripts = "QYSCRIPT";

    private readonly List<Task> _later = [];
    private bool _stopWriting;

    private SimulatedCloud Cloud => scene.World.Cloud;

    /// <summary>Somebody acts, now or a while later.</summary>
    public void Act(Step step) => NowOrLater(step, () => ActNow(step));

    /// <summary>An application writes, once or again and again.</summary>
    public void Write(Step step)
    {
        var cluster = Declared.IdOf(step.Words[0]);
        if (step["every"] is { } every)
            _later.Add(WriteAsync(cluster, Durations.Parse(every)));
        else
            NowOrLater(step, () => Cloud.WriteTo(cluster));
    }

    /// <summary>Lets everyone end what they have begun.</summary>
    public async Task EndAsync()
    {
        _stopWriting = true;
        await Task.WhenAll(_later);
    }

    private async Task WriteAsync(string cluster, TimeSpan every)
    {
        for (var writes = 0; writes < MostWrites && !_stopWriting; writes++)
        {
            Cloud.WriteTo(cluster);
            await scene.World.PassAsync(every);
        }
    }

    private void NowOrLater(Step step, Action act)
    {
        if (step["later"] is { } later)
            _later.Add(ActAsync(Durations.Parse(later)));
        else
            scene.Attempt(act);

        async Task ActAsync(TimeSpan time)
        {
            await scene.World.PassAsync(time);
            scene.Attempt(act);
        }
    }

    private void ActNow(Step step)
    {
        var (verb, cluster) = (step.Words[0], Declared.IdOf(step.Words[1]));
        var way = step["way"] == "increment" ? SyncWay.Increment : SyncWay.Full;
        var source = step.Words.Count > 2 ? SourceOf(step.Words[2]) : null;
        if (step.Verb == "script")
            ActByKey(verb, cluster, source, way, step["key"] == "own");
        else
            Act(step.Verb, verb, cluster, source, way);
    }

    private void ActByKey(string verb, string cluster, SourceEndpoint? source, SyncWay way, bool isOwnKey)
    {
        var key = scene.World.Api.ByKey(isOwnKey ? ApiOptions.DemoAccessKeyId : KeyOfScripts);
        _ = verb switch
        {
            "start" => key.Start(cluster, source!, way),
            "stop" or "change" => key.Stop(cluster),
            "promote" => key.Promote(cluster),
            "read-only" => key.SetReadOnly(cluster, readOnly: true),
            "writable" => key.SetReadOnly(cluster, readOnly: false),
            _ => throw new FormatException($"A script cannot '{verb}'."),
        };
    }

    private void Act(string by, string verb, string cluster, SourceEndpoint? source, SyncWay way)
    {
        var actor = by switch
        {
            "timer" => Actor.Timer,
            "platform" => Actor.Platform,
            _ => Actor.Console,
        };
        _ = verb switch
        {
            "start" => Cloud.StartByConsole(cluster, source!, way),
            "stop" => Cloud.StopByConsole(cluster),
            "promote" => Cloud.PromoteByConsole(cluster),
            "change" => Cloud.ChangeSource(cluster, source!, way),
            "read-only" => Cloud.SetReadOnlyByConsole(cluster, readOnly: true),
            "writable" => Cloud.SetReadOnlyByConsole(cluster, readOnly: false),
            "stop-cluster" => Cloud.StopCluster(cluster, actor),
            "start-cluster" => Cloud.StartCluster(cluster, actor),
            "suspend" => Cloud.Suspend(cluster, actor),
            "resume" => Cloud.Resume(cluster, actor),
            "delete" => Cloud.DeleteCluster(cluster, actor),
            "recover" => Cloud.RecoverCluster(cluster, actor),
            "cut" => Cut(cluster),
            _ => throw new FormatException($"Nobody can '{verb}'."),
        };
    }

    private JobView? Cut(string cluster)
    {
        // While a job is under way, its success says more than is true then.
        if (Cloud.Cluster(cluster) is { TransitionStatus: "" })
            Cloud.CutLink(cluster);

        return null;
    }

    private static SourceEndpoint SourceOf(string cluster) => new(Declared.IdOf(cluster), Declared.ZoneOf(cluster));
}
