using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>What the provider may submit: the promises about starts and stops.</summary>
internal static partial class SubmissionRules
{
    /// <summary>How old the look may be that a submission rests on: the answer to one slow call. What somebody else
    /// does to the cluster between that look and the submission, no provider can see.</summary>
    private static readonly TimeSpan BlindSpot = TimeSpan.FromSeconds(60);

    /// <summary>How long a job of ours may be out of sight after it was made: then it cannot be found either.</summary>
    private static readonly TimeSpan ListingDelay = TimeSpan.FromSeconds(25);

    /// <summary>Checks the submissions from <paramref name="first"/> on, in the light of all of them.</summary>
    public static void Check(TestEnvironment environment, Echo echo, IReadOnlyList<Submission> submissions, int first)
    {
        for (var index = first; index < submissions.Count; index++)
        {
            var submission = submissions[index];
            var past = new ClusterPast(environment, submission.ClusterId);
            ChangesOnlyInRuns(submission);
            if (submission.IsStart)
            {
                OneStartAnOperation(submission, submissions.Take(index));
                NoStartOnOwnLink(submission, submissions.Take(index), past, echo);
                NoFailoverUndone(submission, environment.Api.Calls, past, echo);
            }
            else if (echo != Echo.None)
            {
                OnlyOwnLinksEnd(submission, submissions.Take(index), past);
            }
        }
    }

    /// <summary>A preview, a refresh and an import read only; and a delete starts nothing.</summary>
    private static void ChangesOnlyInRuns(Submission submission)
    {
        var isAllowed =
            submission.Operation is { IsPreview: false } operation
            && (
                operation.Kind == OperationKind.Update
                || operation.Kind == OperationKind.Create
                || (operation.Kind == OperationKind.Delete && !submission.IsStart)
            );
        Require(
            isAllowed,
            "submissions only in runs that may",
            submission,
            $"sent for {submission.Operation?.Kind.ToString() ?? "nothing"}"
        );
    }

    /// <summary>The program's decision to have a link is one Create or one Update: it starts once, and once a start was
    /// carried out it does not even ask again.</summary>
    private static void OneStartAnOperation(Submission submission, IEnumerable<Submission> before)
    {
        var start = before.FirstOrDefault(other =>
            other is { IsStart: true, IsCarriedOut: true, Operation: not null }
            && other.Operation == submission.Operation
        );
        Require(start is null, "one start per intended start", submission, $"after {start}");
    }

    /// <summary>What an earlier run started, or this one, is found and not submitted again; what another resource
    /// starts beside it is found by a look that is young enough. Without directives nothing shows that the job which
    /// the program names in relinkAfter was the start itself.</summary>
    private static void NoStartOnOwnLink(
        Submission submission,
        IEnumerable<Submission> before,
        ClusterPast past,
        Echo echo
    )
    {
        var link = past.LinkBefore(submission.At, submission.JobId);
        var starter = before.FirstOrDefault(other => other.JobId == link?.Id);
        var unseen = starter?.Operation?.Urn == submission.Operation?.Urn ? ListingDelay : BlindSpot;
        var isOwn =
            link is not null
            && ClusterPast.IsByApi(link)
            && link.Visible
            && link.CreatedAt < submission.At - unseen
            && !(echo == Echo.None && TextIn(submission.Operation?.NewInputs, "relinkAfter") == link.Id);
        Require(
            !isOwn,
            "no start of what was started already",
            submission,
            $"job {link?.Id} of {link?.CreatedAt:HH:mm:ss.f} had done it"
        );
    }

    /// <summary>A cluster that was promoted or stopped is not made a standby again unless the program names the job
    /// that did it. The exceptions: a stop of the resource's own that was to be followed by a start, and what is taken
    /// for that stop.</summary>
    private static void NoFailoverUndone(Submission submission, CallLog calls, ClusterPast past, Echo echo)
    {
        if (
            !submission.IsCarriedOut
            || past.ReleaseBefore(submission.At, submission.JobId) is not { } release
            || release.At > submission.At - BlindSpot
            || Consents(submission, release.JobId, echo)
            || IsTakenForOwnStop(release, submission, calls, echo)
        )
        {
            return;
        }

        var isToStart =
            release.Kind == ClusterEventKind.Stopped
            && StopToStart().IsMatch(past.Jobs.Single(job => job.Id == release.JobId).Request["req_id"] ?? "");
        Require(
            isToStart,
            "no failover undone",
            submission,
            $"{release.Kind} by job {release.JobId} at {release.At:HH:mm:ss.f}"
        );
    }

    /// <summary>Without directives a refusal names the last job that ended well, whatever it was.</summary>
    private static bool Consents(Submission submission, string? release, Echo echo) =>
        TextIn(submission.Operation?.NewInputs, "relinkAfter") is { } named && (named == release || echo == Echo.None);

    /// <summary>Where no sender is shown, a lost stop is settled by the one new job that does the same: without
    /// directives by any. That is somebody else's job where the call was never carried out.</summary>
    private static bool IsTakenForOwnStop(ClusterEvent release, Submission submission, CallLog calls, Echo echo) =>
        (echo == Echo.None || (echo == Echo.WithoutSender && release.Kind == ClusterEventKind.Stopped))
        && calls
            .Of("RunClusterCustomService")
            .Any(call =>
                call.Cluster == submission.ClusterId
                && call.Service == "stop_standby"
                && call.ProcessedAt is null
                && call.At > submission.Operation?.Began
                && call.At < release.At
            );

    /// <summary>The purpose in a req_id: a stop that is to be followed by a start.</summary>
    [GeneratedRegex("^71636d73[0-9a-f]{4}82")]
    private static partial Regex StopToStart();

    /// <summary>A link is the resource's own when its own call started it, or when the state file says that this
    /// standby replicates from that source (made, imported or refreshed: then the user has seen it). No other is
    /// stopped or promoted. Without directives no job says what it was, and a resource stops whatever link there
    /// is.</summary>
    private static void OnlyOwnLinksEnd(Submission submission, IEnumerable<Submission> before, ClusterPast past)
    {
        if (
            !submission.IsCarriedOut
            || past.LinkBefore(submission.At) is not { } start
            || start.CreatedAt > submission.At - BlindSpot
        )
        {
            return;
        }

        var isKnown =
            SourceIn(submission.Operation?.OldState) is { } cluster
            && start.Request["service_params"]!.Contains(cluster, StringComparison.Ordinal);
        var starter = before.FirstOrDefault(other => other.JobId == start.Id);
        var isOwn = starter is not null && starter.Operation?.Urn == submission.Operation?.Urn;
        Require(isOwn || isKnown, "no end of a link that is not ours", submission, $"job {start.Id} had made it");
    }

    private static void Require(bool holds, string promise, Submission submission, string why)
    {
        if (!holds)
            throw new ViolationException(promise, $"{submission}, {why}");
    }

    private static string? SourceIn(PropertyMap? state) =>
        state?["source"].Bare is PropertyValue.MapValue source
        && source.Map["clusterId"].Bare is PropertyValue.TextValue text
            ? text.Value
            : null;

    private static string? TextIn(PropertyMap? map, string name) =>
        map?[name].Bare is PropertyValue.TextValue text ? text.Value : null;
}
