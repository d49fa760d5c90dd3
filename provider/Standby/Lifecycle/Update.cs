namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>What happens on update: everything that changes a link on its cluster. The link is looked at before each
/// step, so that neither an old state file nor an interrupted run misleads. <see cref="LinkDecision"/> decides, and
/// <see cref="Convergence"/> carries it out.</summary>
internal sealed class Update(Session session, Preflight preflight)
{
    public async Task<UpdateResult> RunAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var recorded = StandbyState.Recorded(request.OldState) ?? throw new PluginException(
            PluginErrorCode.InvalidArgument, "The stored state has no \"state\" output; run pulumi refresh to fix it.");
        var old = StandbyInputs.Read(request.OldInputs) ?? throw Unknown();
        var inputs = StandbyInputs.Read(request.NewInputs);
        if (request.Preview)
            return await PreviewAsync(request, old, inputs, recorded, cancellationToken);

        var declared = inputs ?? throw Unknown();
        using var operation = session.Begin(request.Urn, request.Timeout ?? TimeLimits.Update, cancellationToken);
        return await operation.RunAsync(async () =>
        {
            var decision = new LinkDecision(declared, old, recorded);
            var subject = SubjectOf(request.Urn, declared, recorded);
            var target = new Target(subject, decision.Decide, declared.Link, Broken);
            var standby = await session.Converge(operation, target).RunAsync()
                ?? throw Refusal.NoCluster(declared.Id);
            return new UpdateResult(Outputs(StandbyState.Of(standby, decision.RecordedAfter(standby.Link))));
        });

        PropertyMap Outputs(StandbyState state) =>
            (state with { Incarnation = StandbyState.IncarnationOf(request.OldState) }).With(request.NewInputs);

        Exception Broken(StandbyState state, string reason) => new ResourceInitException(
            request.Id, Outputs(state), request.NewInputs, [$"{reason} {Refusal.NextUpdate}"]);
    }

    /// <summary>In a preview the same decision is made, by the live link where it can be read and by the state file
    /// where not. What is not known yet is taken as unchanged: a failover is refused anyway.</summary>
    private async Task<UpdateResult> PreviewAsync(
        UpdateRequest request,
        StandbyInputs old,
        StandbyInputs? inputs,
        RecordedLink recorded,
        CancellationToken cancellationToken)
    {
        var declared = inputs ?? old.WithIntentOf(request.NewInputs);
        var decision = new LinkDecision(declared, old, recorded);
        var subject = SubjectOf(request.Urn, declared, recorded);
        var standby = await preflight.LookAsync(subject, request.Urn, cancellationToken);
        var plan = (standby?.Link ?? LinkReader.Remembered(recorded)) is { } link
            ? decision.Decide(link)
            : new Plan.Wait();
        if (inputs is null)
            return new UpdateResult(StandbyState.Previewed(request.NewInputs, state: null));

        preflight.Announce(request.Urn, decision, standby, plan);
        return new UpdateResult(plan is Plan.Keep
            ? StandbyState.Carry(request.OldState, request.NewInputs)
            : StandbyState.Previewed(request.NewInputs, inputs.Promoted ? LinkState.Promoted : LinkState.Replicating));
    }

    private static LinkSubject SubjectOf(string urn, StandbyInputs declared, RecordedLink recorded) =>
        new(declared.Id, declared.Role, recorded, ResourceIdentity.Of(urn));

    private static PluginException Unknown() =>
        new(PluginErrorCode.InvalidArgument, "An input is still unknown; Update needs all of them.");
}
