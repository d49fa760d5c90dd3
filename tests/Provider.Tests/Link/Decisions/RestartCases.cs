using QingCloudMySqlStandby.Link.Evidence;
using QingCloudMySqlStandby.Link.Inputs;
using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Link.Decisions;

/// <summary>Every way in which a running link may differ from what a program declares.</summary>
internal static class RestartCases
{
    private static readonly DateTimeOffset Morning = Readings.Morning;
    private static readonly bool[] Both = [false, true];

    private static readonly StandbyInputs Inputs = new(
        "cl-standby",
        "sh1a",
        "maininstance",
        Readings.Parameters,
        Promoted: false,
        FenceSource: true,
        "stop",
        Consent.None
    );

    /// <summary>What may differ, by name.</summary>
    private static readonly (string Name, Func<StandbyInputs, StandbyInputs> Change)[] Differences =
    [
        ("nothing", inputs => inputs),
        ("cluster", inputs => With(inputs, link => link with { SourceClusterId = "cl-other" })),
        ("zone", inputs => With(inputs, link => link with { SourceZone = "gd2" })),
        ("host", inputs => With(inputs, link => link with { Host = "10.0.0.9" })),
        ("port", inputs => With(inputs, link => link with { Port = 3307 })),
        ("user", inputs => With(inputs, link => link with { User = "other" })),
        ("password", inputs => With(inputs, link => link with { Password = new SecretText("An0ther!") })),
        ("no password", inputs => With(inputs, link => link with { Password = NoPassword })),
        ("role", inputs => inputs with { Role = "other" }),
        ("copy", inputs => With(inputs, link => link with { SyncWay = "increment" })),
    ];

    private static SecretText NoPassword => new(StandbyInputs.UnreadablePassword);

    public static IEnumerable<(Goal.Linked Goal, StandbyLink Link, string Difference)> All() =>
        from difference in Differences
        from ofState in new[] { true, false }
        from goal in Goals(difference.Change, ofState)
        from link in Links(difference.Change, ofState)
        select (goal, link, $"{difference.Name} {(ofState ? "of the state" : "of the link")}");

    /// <summary>The inputs of the state differ, or the running link does.</summary>
    private static IEnumerable<Goal.Linked> Goals(Func<StandbyInputs, StandbyInputs> change, bool ofState)
    {
        var former = ofState ? change(Inputs) : Inputs;
        return from old in new[] { null, former }
            from declared in new[] { Inputs, With(Inputs, link => link with { SyncWay = "increment" }) }
            from hasPassword in Both
            from anchor in old is null ? [null] : new[] { null, "j-start", "j-other" }
            from isImported in Both
            let recorded = old is null
                ? null
                : new RecordedLink(LinkState.Replicating, "j-start", Morning, Source.Of(old.Link)) { Anchor = anchor }
            select new Goal.Linked(
                hasPassword ? declared : With(declared, link => link with { Password = NoPassword }),
                old,
                recorded,
                Morning
            )
            {
                IsPasswordImported = isImported,
            };
    }

    private static IEnumerable<StandbyLink> Links(Func<StandbyInputs, StandbyInputs> change, bool ofState)
    {
        var runs = ofState ? Inputs : change(Inputs);
        return from state in new[] { LinkState.Replicating, LinkState.Stopped }
            from owner in new[] { Owner.Own, Owner.Foreign }
            from start in new[] { null, Start(runs, runs.Role), Start(runs, "") }
            from source in new[]
            {
                null,
                Source.Of(runs.Link),
                Source.Of(runs.Link) with
                {
                    Host = null,
                    Port = null,
                    User = null,
                    Password = null,
                },
                Source.Of(runs.Link) with
                {
                    ClusterId = null,
                    Zone = null,
                },
            }
            from failed in new[] { null, Failed("full"), Failed("increment") }
            from isStoppedHere in Both
            select new StandbyLink(state)
            {
                Owner = owner,
                Start = start,
                Source = source,
                FailedStart = failed,
                IsStoppedHere = isStoppedHere,
            };
    }

    private static Job Start(StandbyInputs runs, string role) =>
        new(
            "j-start",
            JobKinds.CustomService,
            JobStatus.Successful,
            "",
            Morning,
            Morning,
            "",
            [],
            new ServiceRequest("start_standby", "cl-standby", "sh1a", runs.Link) { Role = role }
        );

    private static Job Failed(string syncWay) =>
        Start(With(Inputs, link => link with { SyncWay = syncWay }), "") with
        {
            Id = "j-failed",
            Status = JobStatus.Failed,
        };

    private static StandbyInputs With(StandbyInputs inputs, Func<LinkParameters, LinkParameters> change) =>
        inputs with
        {
            Link = change(inputs.Link),
        };
}
