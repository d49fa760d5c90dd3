using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace QingCloudMySqlStandby.Reliability.Tests.Scripts;

/// <summary>Random scripts: a program that is edited and run, while everything around it goes wrong now and
/// then.</summary>
internal static class Generation
{
    private const int MostSteps = 14;

    private static readonly string[] Paths = ["source.host", "source.password", "source.clusterId", "syncWay"];
    private static readonly string[] Services = ["start_standby", "start_standby", "stop_standby", "promote_standby"];

    private static Gen<string> Resource { get; } = Gen.Frequency((4, Gen.Constant("x")), (1, Gen.Constant("y")));
    private static Gen<string> Standby { get; } = Gen.Frequency((4, Gen.Constant("A")), (1, Gen.Constant("B")));
    private static Gen<string> Source { get; } = Gen.Elements("S", "S", "T");
    private static Gen<string> Service { get; } = Gen.Elements(Services);

    /// <summary>When somebody interferes: often within the seconds of a short run, at times within the hours of a long
    /// one.</summary>
    private static Gen<TimeSpan> Moment { get; } =
        Gen.OneOf(
            Gen.Choose(0, 8_000).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds)),
            Gen.Choose(5, 300).Select(seconds => TimeSpan.FromSeconds(seconds)),
            Gen.Choose(5, 500).Select(minutes => TimeSpan.FromMinutes(minutes))
        );

    private static Gen<TimeSpan> JobDuration { get; } =
        Gen.Elements(
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(10),
            TimeSpan.FromSeconds(40),
            TimeSpan.FromMinutes(3),
            TimeSpan.FromMinutes(40),
            TimeSpan.FromHours(2),
            TimeSpan.FromHours(8)
        );

    /// <summary>Most histories begin with a link.</summary>
    private static Gen<ImmutableList<Step>> Begin =>
        Gen.Frequency(
            (5, from first in Edit("x") select ImmutableList.Create<Step>(first, new Step.Command(CommandKind.Up))),
            (3, from first in Edit("x") select ImmutableList.Create<Step>(first)),
            (
                2,
                from first in Edit("x")
                from second in Edit("y")
                select ImmutableList.Create<Step>(
                    first,
                    second with
                    {
                        Settings = second.Settings.SetItem("cluster", "B"),
                    },
                    new Step.Command(CommandKind.Up)
                )
            ),
            (1, from console in Console select ImmutableList.Create<Step>(console))
        );

    private static Gen<Step> OneStep =>
        Gen.Frequency(
            (8, Command(CommandKind.Up)),
            (2, Command(CommandKind.Refresh)),
            (1, Command(CommandKind.Preview)),
            (1, Command(CommandKind.Destroy)),
            (1, Import),
            (4, AnyEdit),
            (1, Resource.Select(resource => (Step)new Step.Drop(resource))),
            (2, Rename),
            (3, Resource.Select(resource => (Step)new Step.Taint(resource))),
            (1, Gen.Elements("dev", "dev", "prod").Select(name => (Step)new Step.Stack(name))),
            (5, Fault),
            (1, Collision),
            (3, Console.Select(console => (Step)console)),
            (2, from service in Service from duration in JobDuration select (Step)new Step.Takes(service, duration)),
            (1, Moment.Select(time => (Step)new Step.Wait(time)))
        );

    private static Gen<Step> AnyEdit => from resource in Resource from edit in Edit(resource) select (Step)edit;

    private static Gen<Step> Rename =>
        from isBack in Gen.Elements(false, true)
        from alias in Gen.Elements(false, true)
        select (Step)(isBack ? new Step.Rename("y", "x", alias) : new Step.Rename("x", "y", alias));

    private static Gen<Step.Edit> Edit(string resource) =>
        from count in Gen.Choose(0, 2)
        from settings in Gen.ListOf(Setting, count)
        select new Step.Edit(
            resource,
            settings.Aggregate(
                ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
                (all, setting) => all.SetItem(setting.Name, setting.Value)
            )
        );

    private static Gen<(string Name, string Value)> Setting { get; } =
        Gen.Frequency(
            (2, Standby.Select(value => ("cluster", value))),
            (3, Source.Select(value => ("source", value))),
            (2, Gen.Elements("full", "increment").Select(value => ("way", value))),
            (2, Number("host")),
            (1, Number("user")),
            (2, Number("password")),
            (3, Flag("promoted")),
            (1, Gen.Elements("stop", "promote").Select(value => ("onDelete", value))),
            (2, Flag("relink")),
            (5, Option)
        );

    private static Gen<(string Name, string Value)> Option =>
        Gen.Frequency(
            (3, Gen.Elements("none", "p", "q").Select(value => ("provider", value))),
            (4, Gen.Elements("true", "true", "false").Select(value => ("deleteFirst", value))),
            (1, Flag("retain")),
            (1, Flag("protect")),
            (1, Gen.Elements([.. Paths, "none"]).Select(value => ("ignore", value))),
            (2, Gen.Elements([.. Paths, "none"]).Select(value => ("replaceOn", value))),
            (2, Number("trigger")),
            (1, Gen.Elements("x", "none").Select(value => ("with", value))),
            (1, Gen.Elements("x", "none").Select(value => ("after", value))),
            (3, Gen.Elements("short", "none").Select(value => ("limit", value)))
        );

    private static Gen<(string Name, string Value)> Number(string name) =>
        Gen.Elements("1", "2", "3").Select(value => (name, value));

    private static Gen<(string Name, string Value)> Flag(string name) =>
        Gen.Elements("true", "false").Select(value => (name, value));

    private static Gen<Step> Command(CommandKind kind) =>
        from command in Moded(kind)
        from step in Gen.Frequency(
            (6, Gen.Constant(command)),
            (3, Moment.Select(time => command with { CancelAfter = time })),
            (
                3,
                from call in Gen.Choose(1, 12)
                from after in Gen.Elements(false, true)
                from isPlugin in Gen.Elements(false, false, false, true)
                select command with
                {
                    Kill = new Kill(call, after) { PluginOnly = isPlugin },
                }
            )
        )
        select (Step)step;

    private static Gen<Step.Command> Moded(CommandKind kind)
    {
        var runsProgram = kind is CommandKind.Up or CommandKind.Preview;
        var plain = new Step.Command(kind);
        return Gen.Frequency(
            (6, Gen.Constant(plain)),
            (runsProgram ? 1 : 0, Resource.Select(resource => plain with { Resource = resource })),
            (1, Resource.Select(resource => plain with { Target = resource })),
            (runsProgram ? 1 : 0, Gen.Constant(plain with { Refresh = true })),
            (kind != CommandKind.Refresh ? 1 : 0, Gen.Constant(plain with { GoesOn = true })),
            (kind == CommandKind.Destroy ? 2 : 0, Gen.Constant(plain with { RunProgram = true }))
        );
    }

    private static Gen<Step> Import =>
        from resource in Resource
        from cluster in Standby
        select (Step)new Step.Command(CommandKind.Import) { Resource = resource, Cluster = cluster };

    private static Gen<Step.Console> Console =>
        from verb in Gen.Elements(
            "promote",
            "promote",
            "stop",
            "stop",
            "start",
            "change",
            "suspend",
            "resume",
            "delete"
        )
        from cluster in Standby
        from source in Source
        from isLater in Gen.Elements(false, true)
        from later in Moment
        select new Step.Console(verb, cluster)
        {
            Source = verb is "start" or "change" ? source : null,
            Later = isLater ? later : null,
        };

    /// <summary>A submission that is not taken at once, so that somebody else has time to come in between.</summary>
    private static Gen<Step> Collision =>
        from kind in Gen.Elements(
            "try-later,times=2",
            "ret=5300",
            "silent,when=before",
            "http=502,when=before",
            "cut,when=before"
        )
        select (Step)new Step.Fault(kind + ",action=RunClusterCustomService");

    private static Gen<Step> Fault =>
        Gen.Frequency((3, CallFault), (2, JobFault)).Select(spec => (Step)new Step.Fault(spec));

    private static Gen<string> CallFault =>
        from kind in Gen.Frequency(
            (3, Gen.Elements("cut,when=before", "cut,when=after", "silent,when=before", "silent,when=after")),
            (
                2,
                Gen.Elements(
                    "http=502,when=before",
                    "http=502,when=after",
                    "http=504,when=after",
                    "http=404,when=before"
                )
            ),
            (
                2,
                Gen.Elements(
                    "ret=5000,when=before",
                    "ret=5000,when=after",
                    "ret=5100,when=before",
                    "ret=5100,when=after"
                )
            ),
            (2, Gen.Elements("ret=5300", "ret=1300", "try-later", "rate-limit")),
            (2, Gen.Elements("garbage", "half", "truncated", "deep=5000", "huge=20000000")),
            (1, Gen.Elements("slow=5s", "slow=20s", "slow=45s", "slow=20s,when=before", "redirect=http://127.0.0.2/")),
            (1, Gen.Elements("skew=90s", "skew=-90s", "skew=50s", "skew=-50s"))
        )
        from action in Gen.Elements(
            "",
            ",action=RunClusterCustomService",
            ",action=RunClusterCustomService",
            ",action=DescribeJobs"
        )
        from times in Gen.Elements("", "", ",times=2", ",times=4")
        from skip in Gen.Elements("", "", ",skip=1", ",skip=3")
        select kind.StartsWith("skew", StringComparison.Ordinal) ? kind : kind + action + times + skip;

    private static Gen<string> JobFault =>
        from outcome in Gen.Elements(
            "failed,codes=4711",
            "done-with-failure,codes=4712",
            "failed,effect=true",
            "successful,duration=30h",
            "successful,hidden=20s",
            "successful,vanishes=3m"
        )
        from service in Service
        let isStart = outcome.Contains("vanishes", StringComparison.Ordinal)
        select $"job={outcome},service={(isStart ? "start_standby" : service)}";

    public static Gen<Script> Scripts { get; } =
        from echo in Gen.Frequency(
            (7, Gen.Constant(ImmutableList<Step>.Empty)),
            (
                3,
                Gen.Elements(Echo.WithoutRequestId, Echo.WithoutSender, Echo.None)
                    .Select(level => ImmutableList.Create<Step>(new Step.Echoes(level)))
            )
        )
        from begin in Begin
        from length in Gen.Choose(2, MostSteps)
        from steps in Gen.ListOf(OneStep, length)
        select new Script([.. echo, .. begin, .. steps]);
}
