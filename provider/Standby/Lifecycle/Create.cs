using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Inputs;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>What happens on create.</summary>
internal sealed class Create(IQingCloud cloud, IEngineLog log, TimeProvider time, Declarations declarations, Preflight preflight)
{
    private readonly LiveLink _links = new(cloud);
    private readonly ServiceRun _services = new(cloud, time);

    public async Task<CreateResult> RunAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview)
        {
            return await PreviewAsync(request, cancellationToken);
        }

        var inputs = StandbyInputs.Read(request.Inputs)
            ?? throw new PluginException(PluginErrorCode.InvalidArgument, "An input is still unknown; Create needs all of them.");
        using var operation = new Operation(
            request.Urn, log, request.Timeout ?? TimeLimits.Start(inputs.Link.SyncWay), time, cancellationToken);

        return await Failures.TranslateAsync(operation, async () =>
        {
            log.Status(request.Urn, $"looking at {inputs.ClusterId}");
            var live = await _links.LookAsync(inputs.Id, inputs.Role, known: null, Freshness.Live, operation.Token)
                ?? throw Refusal.NoCluster(inputs.Id);
            var plan = CreateDecision.Decide(inputs, live, declarations.IsKnown(inputs.Id));
            if (plan == CreatePlan.Start)
            {
                WarnOfOverwriting(request, inputs, live);
                await RequireOneWayAsync(inputs, operation.Token);
            }

            declarations.Creating(inputs.Id);
            var state = plan switch
            {
                CreatePlan.Adopt => Adopt(request, live),
                CreatePlan.WaitForStart => await WaitAsync(operation, request, inputs, live, live.Link.Job!.Id),
                _ => await StartAsync(operation, request, inputs, live),
            };
            return new CreateResult(inputs.Id.ToString(), state);
        });
    }

    /// <summary>In a preview: check by reading alone, where there are credentials to read with.</summary>
    private async Task<CreateResult> PreviewAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        var inputs = StandbyInputs.Read(request.Inputs);
        if (inputs is not null && await preflight.LookAsync(request.Urn, inputs, known: null, log, cancellationToken) is { } live)
        {
            var left = AfterDelete(inputs, live);
            if (CreateDecision.Decide(inputs, left, declarations.IsKnown(inputs.Id)) == CreatePlan.Start && left == live)
            {
                Preflight.RequireIdle(live.Cluster);
                WarnOfOverwriting(request, inputs, live);
            }
        }

        return new CreateResult(
            inputs?.Id.ToString() ?? "",
            StandbyState.Previewed(request.Inputs, inputs?.Promoted == true ? LinkState.Promoted : LinkState.Replicating));
    }

    /// <summary>
    /// What a preview finds in place of the link that Delete would have cut by now, in a replacement on this cluster. A link that
    /// Delete would refuse to cut is there still.
    /// </summary>
    private LiveStandby AfterDelete(StandbyInputs inputs, LiveStandby live)
    {
        if (declarations.ReplacementOf(inputs.Id) is not { } replacement
            || live.Link is { IsFailedOver: true } or { Phase: LinkPhase.Promoting })
        {
            return live;
        }

        return live.Link.Source is { } source && replacement.OldSource is { } old && source.IsOtherThan(old)
            ? throw Refusal.OtherSource(inputs.Id, live.Link, old.ToString())
            : live with { Link = Link.None };
    }

    private void WarnOfOverwriting(CreateRequest request, StandbyInputs inputs, LiveStandby live)
    {
        if (live.Link.IsFailedOver)
        {
            log.Warning(request.Urn, Refusal.Overwrites(inputs, live.Link));
        }
    }

    /// <summary>
    /// In a fail-back the old source becomes a standby of the new primary: only once that one has been promoted. A preview does not
    /// ask, as the same run may promote it. A source whose zone is out of reach or not ours is nobody's standby that we know of.
    /// </summary>
    private async Task RequireOneWayAsync(StandbyInputs inputs, CancellationToken cancellationToken)
    {
        Link reverse;
        try
        {
            reverse = await _links.ReadJobsAsync(new StandbyId(inputs.Link.SourceZone, inputs.Link.SourceClusterId), cancellationToken);
        }
        catch (QingCloudException)
        {
            return;
        }

        if (reverse is { Phase: not LinkPhase.None, IsFailedOver: false } && reverse.Source?.ClusterId == inputs.ClusterId)
        {
            throw Refusal.BothWays(inputs.Id, inputs.Link.SourceClusterId, reverse);
        }
    }

    private PropertyMap Adopt(CreateRequest request, LiveStandby live)
    {
        log.Info(request.Urn, $"{live.Cluster.Id} has this link already ({live.Link.Told}); taking it over without a call");
        return Observation.Of(live, known: null).With(request.Inputs);
    }

    private async Task<PropertyMap> StartAsync(
        Operation operation, CreateRequest request, StandbyInputs inputs, LiveStandby live)
    {
        var jobId = await _services.OrderAsync(
            inputs.Id, inputs.Role, ServiceNames.StartStandby, inputs.Link, live.SeenJobs, operation.Token);
        return await WaitAsync(operation, request, inputs, live, jobId);
    }

    /// <summary>There is a job from here on: every way out of it keeps the job's id.</summary>
    private async Task<PropertyMap> WaitAsync(
        Operation operation, CreateRequest request, StandbyInputs inputs, LiveStandby live, string jobId)
    {
        switch (await _services.WaitAsync(operation, inputs.Zone, ServiceNames.StartStandby, jobId))
        {
            case WaitOutcome.Succeeded { Job: var job }:
                return Observation.Of(live.Cluster, LinkState.Replicating, job).With(request.Inputs);
            case WaitOutcome.Failed { Job: var job }:
                return await AfterFailureAsync(operation, request, inputs, job);
            case WaitOutcome.Interrupted interrupted:
                throw Partial(
                    request,
                    inputs,
                    new StandbyState(LinkState.Starting, jobId, interrupted.LastSeen?.CreatedAt, live.Cluster.Name, live.Cluster.Status),
                    interrupted.Reason + " Run pulumi up again to wait on for it; it is not started twice.");
            default:
                throw new InvalidOperationException("a wait ends well, ends badly or is interrupted");
        }
    }

    /// <summary>A failed start may have left a link all the same: that is read, not assumed.</summary>
    private async Task<PropertyMap> AfterFailureAsync(
        Operation operation, CreateRequest request, StandbyInputs inputs, Job job)
    {
        LiveStandby? live;
        try
        {
            live = await _links.LookAsync(inputs.Id, inputs.Role, known: null, Freshness.Live, operation.Token);
        }
        catch (Exception error) when (error is QingCloudException or OperationCanceledException)
        {
            throw Partial(
                request,
                inputs,
                new StandbyState(LinkState.Starting, job.Id, job.CreatedAt, null, null),
                Refusal.JobFailure(ServiceNames.StartStandby, job, $"Whether a link exists now could not be read ({error.Message})."));
        }

        if (live?.Link.Phase == LinkPhase.Replicating)
        {
            throw Partial(
                request,
                inputs,
                Observation.Of(live, known: null),
                Refusal.JobFailure(ServiceNames.StartStandby, job, "The cluster shows a link all the same; it was kept in the state."));
        }

        throw Refusal.JobFailed(ServiceNames.StartStandby, job, $"{inputs.ClusterId} has no link, and nothing was kept in the state.");
    }

    private static ResourceInitException Partial(
        CreateRequest request, StandbyInputs inputs, StandbyState state, string reason) =>
        new(inputs.Id.ToString(), state.With(request.Inputs), request.Inputs, [reason]);
}
