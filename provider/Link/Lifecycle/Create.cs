namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>What happens on create. The cluster is looked at first: a link that this very resource has started before a
/// crash is gone on with, anybody else's is left alone, and nothing is started over a failover without consent. <see
/// cref="LinkDecision"/> decides that, and <see cref="Convergence"/> carries it out.</summary>
internal sealed class Create(Session session)
{
    public async Task<CreateResult> RunAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        if (StandbyInputs.Read(request.Inputs) is not { } declared)
        {
            return request.Preview
                ? new CreateResult("", StandbyState.Previewed(request.Inputs, promoted: false))
                : throw new PluginException(
                    PluginErrorCode.InvalidArgument,
                    "An input is still unknown; Create needs all of them."
                );
        }

        var decision = new LinkDecision(declared) { CutBy = session.Incarnations.CutOf(request.Urn) };
        var subject = new LinkSubject(declared.Id, declared.Role, Recorded: null, ResourceIdentity.Of(request.Urn));
        if (request.Preview)
            return await PreviewAsync(request, decision, subject, cancellationToken);

        var limit = request.Timeout ?? TimeLimits.Start(declared.Link.SyncWay);
        using var operation = session.Begin(request.Urn, limit, cancellationToken);
        var incarnation = session.Random.GetHexString(16, lowercase: true);

        return await operation.RunAsync(async () =>
        {
            operation.Show($"looking at {declared.ClusterId}");
            var convergence = new Convergence(operation, subject, decision.Decide, declared.Link, Broken);
            var standby = await convergence.RunAsync() ?? throw Refusal.NoCluster(declared.Id);
            if (decision.IsGuess(standby.Link))
                operation.Warn(Refusal.Adopted(declared.Id, standby.Link));

            var state = StandbyState.Of(standby, decision.RecordedAfter(standby.Link));
            return new CreateResult(declared.Id.ToString(), Outputs(state));
        });

        PropertyMap Outputs(StandbyState state)
        {
            session.Incarnations.GoesOn(request.Urn, declared.Id, incarnation);
            return (state with { Incarnation = incarnation }).With(request.Inputs);
        }

        Exception Broken(StandbyState state, string reason) =>
            new ResourceInitException(
                declared.Id.ToString(),
                Outputs(state),
                request.Inputs,
                [$"{reason} {Refusal.NextUpdate}"]
            );
    }

    /// <summary>In a preview: check by reading alone, where there are credentials to read with.</summary>
    private async Task<CreateResult> PreviewAsync(
        CreateRequest request,
        LinkDecision decision,
        LinkSubject subject,
        CancellationToken cancellationToken
    )
    {
        var preflight = new Preflight(session);
        if (await preflight.LookAsync(subject, request.Urn, cancellationToken) is { } standby)
            preflight.Announce(request.Urn, decision, standby, decision.Decide(standby.Link));

        return new CreateResult(
            subject.Id.ToString(),
            StandbyState.Previewed(request.Inputs, decision.Declared.Promoted)
        );
    }
}
