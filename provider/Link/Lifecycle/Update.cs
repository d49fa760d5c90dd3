namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>What happens on update: everything that changes a link on its cluster. The link is looked at before each
/// step, so that neither an old state file nor an interrupted run misleads. <see cref="LinkDecision"/> decides, and
/// <see cref="Convergence"/> carries it out.</summary>
internal sealed class Update(Session session)
{
    public async Task<UpdateResult> RunAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var recorded =
            StandbyState.Recorded(request.OldState)
            ?? throw new PluginException(
                PluginErrorCode.InvalidArgument,
                "The stored state has no \"state\" output; run pulumi refresh to fix it."
            );
        var old = StandbyInputs.Read(request.OldInputs) ?? throw Unknown();
        var inputs = StandbyInputs.Read(request.NewInputs);
        if (inputs is null && !request.Preview)
            throw Unknown();

        var declared = inputs ?? old.WithIntentOf(request.NewInputs);
        var decision = new LinkDecision(declared, old, recorded);
        var subject = new LinkSubject(declared.Id, declared.Role, recorded, ResourceIdentity.Of(request.Urn));
        if (request.Preview)
            return await PreviewAsync(request, decision, subject, isKnown: inputs is not null, cancellationToken);

        using var operation = session.Begin(request.Urn, request.Timeout ?? TimeLimits.Update, cancellationToken);
        return await operation.RunAsync(async () =>
        {
            var convergence = new Convergence(operation, subject, decision.Decide, declared.Link, Broken);
            var standby = await convergence.RunAsync() ?? throw Refusal.NoCluster(declared.Id);
            return new UpdateResult(Outputs(StandbyState.Of(standby, decision.RecordedAfter(standby.Link))));
        });

        PropertyMap Outputs(StandbyState state) =>
            (state with { Incarnation = StandbyState.IncarnationOf(request.OldState) }).With(request.NewInputs);

        Exception Broken(StandbyState state, string reason) =>
            new ResourceInitException(
                request.Id,
                Outputs(state),
                request.NewInputs,
                [$"{reason} {Refusal.NextUpdate}"]
            );
    }

    /// <summary>In a preview the same decision is made, by the live link where it can be read and by the state file
    /// where not. What is not known yet is taken as unchanged: a failover is refused anyway.</summary>
    private async Task<UpdateResult> PreviewAsync(
        UpdateRequest request,
        LinkDecision decision,
        LinkSubject subject,
        bool isKnown,
        CancellationToken cancellationToken
    )
    {
        var preflight = new Preflight(session);
        var standby = await preflight.LookAsync(subject, request.Urn, cancellationToken);
        var plan = (standby?.Link ?? LinkReader.Remembered(subject.Recorded!)) is { } link
            ? decision.Decide(link)
            : new Plan.Wait();
        if (!isKnown)
            return new UpdateResult(StandbyState.Previewed(request.NewInputs, promoted: null));

        preflight.Announce(request.Urn, decision, standby, plan);
        return new UpdateResult(
            plan is Plan.Keep
                ? StandbyState.Carry(request.OldState, request.NewInputs)
                : StandbyState.Previewed(request.NewInputs, decision.Declared.Promoted)
        );
    }

    private static PluginException Unknown() =>
        new(PluginErrorCode.InvalidArgument, "An input is still unknown; Update needs all of them.");
}
