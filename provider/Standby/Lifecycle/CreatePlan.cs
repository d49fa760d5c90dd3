using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Inputs;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>What creating a link comes to, given what is there. Preview and Create decide by the same rules.</summary>
internal enum CreatePlan
{
    /// <summary>Order start_standby.</summary>
    Start,

    /// <summary>The same start_standby is under way (this provider's, from before a crash): wait for it.</summary>
    WaitForStart,

    /// <summary>The link is up, or failed over as declared: take it over without a call.</summary>
    Adopt,
}

/// <summary>Decides what creating a link comes to.</summary>
internal static class CreateDecision
{
    /// <exception cref="Plugin.PluginException">The link must not be created; the message says why and what to do.</exception>
    public static CreatePlan Decide(StandbyInputs inputs, LiveStandby live, bool stateKnowsLink)
    {
        var link = live.Link;
        if (live.Cluster.Status != "active")
        {
            throw Refusal.NotActive(live.Cluster);
        }

        switch (link.Phase)
        {
            case LinkPhase.Promoting or LinkPhase.Stopping:
                throw Refusal.Busy(inputs.Id, link);
            case LinkPhase.Starting or LinkPhase.Replicating:
                RequireSame(inputs, link);
                RequireNotPromoted(inputs);
                return link.Phase == LinkPhase.Starting ? CreatePlan.WaitForStart : CreatePlan.Adopt;
            case LinkPhase.Promoted or LinkPhase.Stopped when inputs.Promoted && link.Source?.MayBe(inputs.Link) != false:
                return CreatePlan.Adopt;
            case LinkPhase.Promoted when !inputs.AllowRelink:
            case LinkPhase.Stopped when !inputs.AllowRelink && stateKnowsLink:
                throw Refusal.FailedOver(inputs.Id, link);
            default:
                RequireNotPromoted(inputs);
                return CreatePlan.Start;
        }
    }

    private static void RequireSame(StandbyInputs inputs, Link link)
    {
        if (link.Source?.MayBe(inputs.Link) != true)
        {
            throw Refusal.OtherSource(inputs.Id, link, Refusal.Wanted(inputs));
        }

        if (!link.Source.HasAddressOf(inputs.Link) || !link.Source.HasPasswordOf(inputs.Link))
        {
            throw Refusal.OtherCredentials(inputs.Id, link);
        }
    }

    private static void RequireNotPromoted(StandbyInputs inputs)
    {
        if (inputs.Promoted)
        {
            throw Refusal.PromotedAtCreate(inputs.Id);
        }
    }
}
