using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Environments;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Standby;

namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>What the provider may order: the promises about starts and stops.</summary>
internal static partial class OrderRules
{
    /// <summary>How old the look may be that an order rests on: the answer to one slow call. What somebody else does to
    /// the cluster between that look and the order, no provider can see.</summary>
    private static readonly TimeSpan BlindSpot = TimeSpan.FromSeconds(60);

    /// <summary>How long a job of ours may be out of sight after it was made: then it cannot be found either.</summary>
    private static readonly TimeSpan ListingDelay = TimeSpan.FromSeconds(25);

    /// <summary>Checks the orders from <paramref name="first"/> on, in the light of all of them.</summary>
    public static void Check(TestEnvironment environment, Echo echo, IReadOnlyList<Order> orders, int first)
    {
        for (var index = first; index < orders.Count; index++)
        {
            var order = orders[index];
            var past = new ClusterPast(environment, order.ClusterId);
            ChangesOnlyInRuns(order);
            if (order.IsStart)
            {
                OneStartAnOperation(order, orders.Take(index));
                NoStartOnOwnLink(order, past);
                NoFailoverUndone(order, past, echo);
            }
            else if (echo != Echo.None)
            {
                OnlyOwnLinksEnd(order, orders.Take(index), past);
            }
        }
    }

    /// <summary>A preview, a refresh and an import read only; and a delete starts nothing.</summary>
    private static void ChangesOnlyInRuns(Order order)
    {
        var isAllowed = order.Operation is { IsPreview: false } operation
            && (operation.Kind == OperationKind.Update
                || operation.Kind == OperationKind.Create
                || (operation.Kind == OperationKind.Delete && !order.IsStart));
        Require(isAllowed, "orders only in runs that may", order,
            $"sent for {order.Operation?.Kind.ToString() ?? "nothing"}");
    }

    /// <summary>The program's decision to have a link is one Create or one Update: it starts once, and once a start was
    /// carried out it does not even ask again.</summary>
    private static void OneStartAnOperation(Order order, IEnumerable<Order> before)
    {
        var starts = before.Where(
            other =>
                other.IsStart && other.IsCarriedOut && other.Operation == order.Operation
                    && order.Operation is not null);
        Require(starts.Count() < order.Operations.Count, "one start per intended start", order,
            $"after {starts.FirstOrDefault()}");
    }

    /// <summary>What an earlier run started, or this one, is found and not ordered again.</summary>
    private static void NoStartOnOwnLink(Order order, ClusterPast past)
    {
        var link = past.LinkBefore(order.At, order.JobId);
        var isOwn = link is not null && ClusterPast.IsByApi(link) && link.Visible
            && link.CreatedAt < order.At - ListingDelay;
        Require(!isOwn, "no start of what was started already", order,
            $"job {link?.Id} of {link?.CreatedAt:HH:mm:ss.f} had done it");
    }

    /// <summary>A cluster that was promoted or stopped is not made a standby again unless the program names the job
    /// that did it. The exception: a stop of the resource's own that was to be followed by a start.</summary>
    private static void NoFailoverUndone(Order order, ClusterPast past, Echo echo)
    {
        if (!order.IsCarriedOut
            || past.ReleaseBefore(order.At, order.JobId) is not { } release
            || release.At > order.At - BlindSpot
            || Consents(order, release.JobId, echo))
        {
            return;
        }

        var isToStart = release.Kind == ClusterEventKind.Stopped
            && StopToStart().IsMatch(past.Jobs.Single(job => job.Id == release.JobId).Request["req_id"] ?? "");
        Require(isToStart, "no failover undone", order,
            $"{release.Kind} by job {release.JobId} at {release.At:HH:mm:ss.f}");
    }

    /// <summary>Without directives a refusal names the last job that ended well, whatever it was.</summary>
    private static bool Consents(Order order, string? release, Echo echo) =>
        TextIn(order.Operation?.NewInputs, "relinkAfter") is { } named && (named == release || echo == Echo.None);

    /// <summary>The purpose in a req_id: a stop that is to be followed by a start.</summary>
    [GeneratedRegex("^71636d73[0-9a-f]{4}82")]
    private static partial Regex StopToStart();

    /// <summary>A link is the resource's own when its own call started it, or when the state file says that this
    /// standby replicates from that source (made, imported or refreshed: then the user has seen it). No other is
    /// stopped or promoted. Without directives no job says what it was, and a resource stops whatever link there
    /// is.</summary>
    private static void OnlyOwnLinksEnd(Order order, IEnumerable<Order> before, ClusterPast past)
    {
        if (!order.IsCarriedOut || past.LinkBefore(order.At) is not { } start || start.CreatedAt > order.At - BlindSpot)
            return;

        var isKnown = order.Operations.Any(
            operation => SourceIn(operation.OldState) is { } cluster
                && start.Request["service_params"]!.Contains(cluster, StringComparison.Ordinal));
        var starter = before.FirstOrDefault(other => other.JobId == start.Id);
        var isOwn = starter is not null && order.Operations.Any(operation => starter.IsFor(operation.Urn));
        Require(isOwn || isKnown, "no end of a link that is not ours", order, $"job {start.Id} had made it");
    }

    private static void Require(bool holds, string promise, Order order, string why)
    {
        if (!holds)
            throw new ViolationException(promise, $"{order}, {why}");
    }

    private static string? SourceIn(PropertyMap? state) =>
        state?["source"].Bare is PropertyValue.MapValue source
            && source.Map["clusterId"].Bare is PropertyValue.TextValue text
            ? text.Value
            : null;

    private static string? TextIn(PropertyMap? map, string name) =>
        map?[name].Bare is PropertyValue.TextValue text ? text.Value : null;
}
