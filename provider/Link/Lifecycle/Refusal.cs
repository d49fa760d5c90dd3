namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>What the provider will not do, worded once: what it found, and the choices. Nothing was changed.</summary>
internal static class Refusal
{
    /// <summary>What comes of an operation that was broken off, for the end of its message.</summary>
    public const string NextUpdate = "Run pulumi up again: it goes on from here, and nothing is submitted twice.";

    public static PluginException NoCluster(StandbyId id) =>
        Make(
            $"Cluster {id.ClusterId} does not exist in zone {id.Zone} (or these credentials cannot see it). Check "
                + "clusterId and zone; if it was deleted, run pulumi refresh."
        );

    public static PluginException NotActive(Cluster cluster) =>
        Make(
            $"Cluster {cluster.Id} is {cluster.Status}, and a standby must be active. Start or restore it, then run pulumi "
                + "up again."
        );

    public static PluginException InTransition(Cluster cluster) =>
        Make(
            $"Cluster {cluster.Id} is {cluster.TransitionStatus}: another operation is under way. Run this again when it "
                + "has ended."
        );

    public static PluginException Busy(StandbyId id, ObservedLink link) =>
        Make(
            $"Cluster {id.ClusterId} is {link.Summary}: another operation is under way. Run this again when it has ended."
        );

    public static PluginException FailedOver(Choices choices, ObservedLink link) =>
        Make(
            $"The standby {choices.ClusterId} was failed over: it was {link.Summary}, and it may be the live primary now. "
                + $"Nothing was changed. {choices}"
        );

    public static PluginException PromotionTakenBack(Choices choices, ObservedLink link) =>
        Make(
            $"promoted was true and is now false, but {choices.ClusterId} was {link.Summary}, and it may be the live "
                + $"primary now: to replicate again OVERWRITES what was written to it since. Nothing was changed. {choices}"
        );

    public static PluginException OutOfSight(Choices choices) =>
        Make(
            $"What became of the link of {choices.ClusterId} is out of sight: start_standby job {choices.JobId} is not in "
                + "the account's job history, nor is anything after it. The link may have come up, and been failed over since. "
                + $"Nothing was changed. If the job was submitted within the last minute, run this again. {choices}"
        );

    public static PluginException BothWays(StandbyId id, string source, ObservedLink reverse) =>
        Make(
            $"{source} is to be the source of {id.ClusterId}, but it is {reverse.Summary} as a standby of {id.ClusterId} "
                + $"itself: each would overwrite the other. Promote {source} first (promoted: true on its resource), and let "
                + "this resource depend on that one (dependsOn)."
        );

    public static PluginException NotCut(StandbyId id, QingCloudException refused) =>
        new(
            PluginErrorCode.FailedPrecondition,
            $"The link of {id.ClusterId} could not be cut, and the account's job history does not reach back to it: "
                + $"{refused.Message} If the console shows no link any more, remove the resource from the state (pulumi state "
                + "delete); nothing was changed.",
            refused
        );

    public static PluginException SomebodyElses(StandbyId id, ObservedLink link) =>
        Make(
            $"Cluster {id.ClusterId} has a link that this resource did not start: it is {link.Summary}. Nothing was "
                + "changed.\nIf this resource was renamed or moved, declare its former name as an alias.\nIf it is to take "
                + $"the link over, import it: pulumi import {Names.StandbyReplication} <name> {id}; then remove the link's "
                + "former resource from its state (pulumi state delete), so that only one of the two manages it.\nIf the link "
                + "is not wanted, stop it first."
        );

    public static PluginException NotItsOwn(StandbyId id, ObservedLink link) =>
        Make(
            $"The link of {id.ClusterId} is not the one that this resource has made: it is {link.Summary}, from "
                + $"{From(link)}. Nothing was changed. Run pulumi refresh to take note of it, after which deleting the "
                + "resource cuts it; or remove the resource from the state (pulumi state delete), which leaves the link as it "
                + "is."
        );

    public static PluginException ChangedSince(StandbyId id, ObservedLink link, Source recorded) =>
        Make(
            $"Somebody has linked {id.ClusterId} anew since the state was last read: it is {link.Summary}, from "
                + $"{From(link)}; the state knows a link from {recorded}. Nothing was changed. Run pulumi refresh to take note "
                + "of it; the next preview then shows what would be done to it."
        );

    public static PluginException OtherSource(StandbyId id, ObservedLink link, Source wanted) =>
        Make(
            $"Cluster {id.ClusterId} replicates from another source, {From(link)} ({link.Summary}), not from {wanted}. A "
                + "cluster has one source at most. If that link is the right one, import it (pulumi import "
                + $"{Names.StandbyReplication} <name> {id}) or run pulumi refresh; if it is not, stop it first. If another "
                + "resource of this program makes it, remove that one first."
        );

    public static PluginException OtherAddress(StandbyId id, ObservedLink link) =>
        Make(
            $"Cluster {id.ClusterId} replicates from {From(link)} already ({link.Summary}), but with another source.host, "
                + ".port, .user or .password than this program declares. It is not taken over by guess: import it (pulumi "
                + $"import {Names.StandbyReplication} <name> {id}) and let pulumi up change the difference, or make the "
                + "program say what the link was started with."
        );

    public static PluginException NothingToPromote(StandbyId id) =>
        Make(
            $"promoted: true cannot be carried out: {id.ClusterId} has no link of this resource to promote, and no "
                + "promoted one to accept. Run pulumi refresh to see what became of it. For a cluster without a link, create "
                + "it with promoted: false first; a link that exists can be imported (pulumi import "
                + $"{Names.StandbyReplication} <name> {id})."
        );

    public static PluginException NothingToImport(StandbyId id, ObservedLink link) =>
        Make(
            $"Cluster {id.ClusterId} has no link to import: it is {link.Summary}. Nothing was changed. To link it, declare "
                + "the resource without importing it; over a stop, relinkAfter must name the job, as the preview then says."
        );

    public static PluginException UnreadablePassword() =>
        new(
            PluginErrorCode.InvalidArgument,
            "source.password holds the placeholder that the import put there, because QingCloud does not show passwords. "
                + "Set source.password to the password of source.user; nothing was changed."
        );

    /// <summary>The warning before a start on a cluster that was cut loose and may have been written to.</summary>
    public static string Overwrites(StandbyId id, ObservedLink link, LinkParameters wanted) =>
        $"the standby {id.ClusterId} was {link.Summary}; start_standby ({wanted.SyncWay}) replaces what was written to "
        + "it since";

    /// <summary>The warning that a lost answer was settled without the job saying whose it is.</summary>
    public static string Guessed(string service, string jobId) =>
        $"the answer to {service} was lost; job {jobId} is taken for its job because it does the same, but it does not "
        + "say whose it is";

    /// <summary>The warning that a running link was taken over without its job saying whose it is.</summary>
    public static string Adopted(StandbyId id, ObservedLink link) =>
        $"{id.ClusterId} has this very link already ({link.Summary}), and its job does not say who started it; it is "
        + "taken for this resource's own, from before an interruption. If another stack manages it, remove it here "
        + "(pulumi state delete)";

    /// <summary>The warning that a resource ends whose link was stopped to be started again.</summary>
    public static string EndOfBrokenOff(string clusterId, ObservedLink link) =>
        $"{clusterId} has no link: it was {link.Summary}, and the start that was to follow did not come about. If this "
        + "resource is ever declared again, pulumi up makes that start without asking, which overwrites what was "
        + "written to the standby since";

    private static string From(ObservedLink link) => link.Source?.ToString() ?? "a source that could not be read";

    private static PluginException Make(string message) => new(PluginErrorCode.FailedPrecondition, message);
}
