using QingCloudMySqlStandby.Link.Evidence;
using QingCloudMySqlStandby.Link.Inputs;
using QingCloudMySqlStandby.QingCloud;
using Xunit;

namespace QingCloudMySqlStandby.Link.Decisions;

/// <summary>The approved ledgers of decisions, of restarts and of what is read from evidence.</summary>
public sealed class LedgerTests
{
    [Fact]
    public void Decisions_are_as_approved()
    {
        var ledger = new Ledger("decisions.txt");
        foreach (var at in Cases.All())
            ledger.Add($"{NameOf(at.Goal)}, {at.Link.State}: {NameOf(Decision.Next(at.Goal, at.Link))}");

        ledger.RequireApproved();
    }

    [Fact]
    public void Restarts_are_as_approved()
    {
        var ledger = new Ledger("restarts.txt");
        foreach (var (goal, link, difference) in RestartCases.All())
        {
            ledger.Add($"{difference}: needed for {Restart.Needed(goal, link) ?? "nothing"}");
            ledger.Add($"{difference}: {Restart.SyncWay(goal, link)}");
        }

        ledger.RequireApproved();
    }

    [Fact]
    public void Evidence_is_read_as_approved()
    {
        var ledger = new Ledger("evidence.txt");
        foreach (var evidence in Readings.All())
            AddTo(ledger, evidence.Read());

        ledger.RequireApproved();
    }

    /// <summary>A state file is all that a preview without credentials has.</summary>
    [Fact]
    public void What_is_remembered_is_as_approved()
    {
        var ledger = new Ledger("remembered.txt");
        foreach (var state in Enum.GetValues<LinkState>())
        foreach (var jobId in new[] { null, "j-1" })
        foreach (var at in new DateTimeOffset?[] { null, Readings.Morning })
        {
            var link = StandbyLink.Remembered(new RecordedLink(state, jobId, at, Source.Unknown));
            ledger.Add(
                $"{state}, {jobId ?? "no job"}, {at:HH:mm}: {link?.State}, {link?.Owner}, {link?.Tab}, {link?.IsComplete}, end "
                    + $"{Text(link?.End)}, {link?.Job?.CreatedAt:yyyy-MM-dd HH:mm} {link?.Job?.RawStatus}{link?.Job?.ErrorCodes}, "
                    + $"source {link?.SourceReadOnly}, busy {link?.IsBusy}, ended {link?.HasEnded}"
            );
        }

        ledger.RequireApproved();
    }

    private static void AddTo(Ledger ledger, StandbyLink link)
    {
        var state = $"{link.State} {link.Unseen}";
        ledger.Add($"{state}, job {link.Job?.Id ?? "-"} by {link.By.By} {link.By.Purpose}, own {link.IsOwnJob}");
        ledger.Add($"{state}, start {link.Start?.Id ?? "-"} by {link.StartedBy.By}, {link.Owner}");
        ledger.Add($"{state}, end {Text(link.End)}, several {link.HasSeveralPossibleEnds}");
        ledger.Add($"{state}, failed start {link.FailedStart?.Id ?? "-"} {link.IsOwnFailedStart}, {link.MayBeLinked}");
        ledger.Add($"{state}, failed end {link.FailedEnd?.Id ?? "-"} {link.IsOwnFailedEnd}");
        ledger.Add($"{state}, source {link.Source?.ClusterId ?? "-"} {link.Source?.Host}");
        ledger.Add($"{state}, complete {link.IsComplete}, tab {link.Tab}, busy {link.IsBusy}, ended {link.HasEnded}");
    }

    private static string Text(LinkEnd? end) =>
        end is null
            ? "-"
            : $"{end.Kind} {end.Job?.Id} {(end.IsPendingRestart ? "restart" : "")} {(end.IsOwnPromotion ? "own" : "")}";

    private static string NameOf(Goal goal) =>
        goal switch
        {
            Goal.Linked linked => $"{(linked.Old is null ? "create" : "update")} {NameOf(linked.Declared)}",
            Goal.Gone { Promotes: true } => "delete by promotion",
            Goal.Gone => "delete",
            _ => "delete to create",
        };

    private static string NameOf(StandbyInputs declared) =>
        declared.Promoted ? (declared.FenceSource ? "promoted" : "promoted unfenced") : "linked";

    private static string NameOf(Step step) =>
        step switch
        {
            Step.Done { Adopted: not null } => "adopt",
            Step.Refuse refuse => $"refuse {refuse.Kind}",
            Step.Look look => $"look {look.Extent}",
            Step.Wait wait => wait.IsOnSource ? "wait for the source" : "wait",
            Step.Start start => $"start {start.SyncWay}",
            Step.Submit submit => $"{submit.Purpose}",
            _ => "done",
        };
}
