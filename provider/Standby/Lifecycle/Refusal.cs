using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Inputs;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>What the provider will not do, worded once: what it found, and the choices. Nothing was changed in any of them.</summary>
internal static class Refusal
{
    private const string RelinkChoices =
        "Choose: (1) set promoted: true to accept the failover and keep the resource; (2) remove the resource from the program (or run "
        + "pulumi state delete) to leave the cluster as it is; (3) set allowRelink: true and run pulumi refresh and pulumi up to replicate "
        + "again, which OVERWRITES what was written to the standby since.";

    public static PluginException NoCluster(StandbyId id) => Make(
        $"Cluster {id.ClusterId} does not exist in zone {id.Zone} (or these credentials cannot see it). Check clusterId and zone; "
        + "if it was deleted, run pulumi refresh.");

    public static PluginException NotActive(Cluster cluster) => Make(
        $"Cluster {cluster.Id} is {cluster.Status}, and a standby must be active. Start or restore it, then run pulumi up again.");

    public static PluginException InTransition(Cluster cluster) => Make(
        $"Cluster {cluster.Id} is {cluster.TransitionStatus}: another operation is under way. Run this again when it has ended.");

    public static PluginException Busy(StandbyId id, Link link) => Make(
        $"Cluster {id.ClusterId} is {link.Told}: another operation is under way. Run this again when it has ended.");

    public static PluginException FailedOver(StandbyId id, Link link) => Make(
        $"The standby {id.ClusterId} was failed over: it was {link.Told}, and it may be the live primary now. Nothing was changed. "
        + RelinkChoices);

    public static PluginException OutOfSight(StandbyId id, string? jobId) => Make(
        $"What became of the link of {id.ClusterId} is out of sight: start_standby job {jobId ?? "(unknown)"} is not in the account's job "
        + "history, nor is anything after it. The link may have come up, and been failed over since. Nothing was changed. If the job was "
        + "ordered within the last minute, run this again. " + RelinkChoices);

    public static PluginException BothWays(StandbyId id, string source, Link reverse) => Make(
        $"{source} is to be the source of {id.ClusterId}, but it is {reverse.Told} as a standby of {id.ClusterId} itself: each would overwrite "
        + $"the other. Promote {source} first (promoted: true on its resource), and let this resource depend on that one (dependsOn).");

    public static PluginException NotCut(StandbyId id, string service, QingCloudException refused) => new(
        PluginErrorCode.FailedPrecondition,
        $"{service} on {id.ClusterId} was refused, and the account's job history does not reach back to its link: {refused.Message} If "
        + "the console shows no link any more, remove the resource from the state (pulumi state delete); nothing was changed.",
        refused);

    public static PluginException RelinkNotPreviewed(StandbyId id, Link link) => Make(
        $"The standby {id.ClusterId} was failed over after the state was last read: it was {link.Told}. allowRelink is set, but "
        + "the preview did not show that the link would be replaced. Run pulumi refresh, then pulumi up shows the replacement.");

    public static PluginException PromotionTakenBack(StandbyId id) => Make(
        $"promoted was true and is now false: to replicate again OVERWRITES the data of {id.ClusterId}, which was promoted. Set promoted back "
        + "to true, or remove the resource from the program, or set allowRelink: true to order it (the preview then shows a replacement).");

    public static PluginException OtherSource(StandbyId id, Link link, string wanted) => Make(
        $"Cluster {id.ClusterId} replicates from another source, {link.Source?.ToString() ?? "which could not be read"} "
        + $"({link.Told}), not from {wanted}. A cluster has one source at most. If that link is the right one, import it (pulumi import "
        + $"{Names.StandbyReplication} <name> {id}) or run pulumi refresh; if it is not, stop it first. If another resource of this program "
        + "makes it, remove that one first.");

    public static PluginException OtherCredentials(StandbyId id, Link link) => Make(
        $"Cluster {id.ClusterId} replicates from {link.Source} already ({link.Told}), but with another source.host, .port, .user or "
        + $".password than this program declares. It is not taken over by guess: import it (pulumi import {Names.StandbyReplication} "
        + $"<name> {id}) and let pulumi up change the difference, or make the program say what the link was started with.");

    public static PluginException PromotedAtCreate(StandbyId id) => Make(
        $"promoted: true is for a link that exists, and {id.ClusterId} has no promoted link to accept. Create the link with promoted: "
        + $"false first, or import it (pulumi import {Names.StandbyReplication} <name> {id}).");

    public static PluginException NothingToPromote(StandbyId id) => Make(
        $"promoted: true cannot be carried out: {id.ClusterId} has no link to promote. Run pulumi refresh to see what became of it.");

    public static PluginException UnreadablePassword() => new(
        PluginErrorCode.InvalidArgument,
        "source.password holds the placeholder that the import put there, because QingCloud does not tell passwords. "
        + "Set source.password to the password of source.user; nothing was changed.");

    public static PluginException JobFailed(string service, Job job, string consequence) => Make(JobFailure(service, job, consequence));

    public static string JobFailure(string service, Job job, string consequence)
    {
        var codes = job.ErrorCodes.Length == 0 ? "no error_codes" : $"error_codes {job.ErrorCodes}";
        return $"{service} failed: job {job.Id} ended as \"{job.RawStatus}\" at {Timestamp.Of(job.ChangedAt)}, {codes}. "
            + $"{consequence} {Advice(service)}";
    }

    /// <summary>The warning that goes with a start on a cluster that was cut loose and may have been written to.</summary>
    public static string Overwrites(StandbyInputs inputs, Link link) =>
        $"the standby {inputs.ClusterId} was {link.Told}; start_standby ({inputs.Link.SyncWay}) replaces what was written to it since";

    public static string Wanted(StandbyInputs inputs) => $"{inputs.Link.SourceClusterId} in {inputs.Link.SourceZone}";

    private static string Advice(string service) => service switch
    {
        ServiceNames.StartStandby => "Check that source.host and .port can be reached from the standby's network, that source.user has SUPER or "
            + "replication privileges, that the source runs with GTID on (MySQL 5.6 or 5.7), and that no DDL ran on it meanwhile; "
            + "then run pulumi up again.",
        ServiceNames.PromoteStandby => "The standby most likely had not caught up: make the source read-only, let the standby catch up, "
            + "then run pulumi up again. If the source is lost, onDelete: stop and removing the resource cuts the link without the check.",
        _ => "See the job in the QingCloud console for the reason, then run the command again.",
    };

    private static PluginException Make(string message) => new(PluginErrorCode.FailedPrecondition, message);
}
