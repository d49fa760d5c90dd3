using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Inputs;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>What happens on update.</summary>
internal sealed class Update(IQingCloud cloud, IEngineLog log, TimeProvider time, Preflight preflight)
{
    private readonly LiveLink _links = new(cloud);
    private readonly ServiceRun _services = new(cloud, time);

    public async Task<UpdateResult> RunAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var known = StandbyState.Known(request.OldState) ?? throw new PluginException(
            PluginErrorCode.InvalidArgument, "The stored state has no \"state\" output; run pulumi refresh to mend it.");
        var old = StandbyInputs.Read(request.OldInputs) ?? throw Unknown();
        var inputs = StandbyInputs.Read(request.NewInputs);
        if (request.Preview)
        {
            return await PreviewAsync(request, old, inputs, known, cancellationToken);
        }

        using var operation = new Operation(request.Urn, log, request.Timeout ?? TimeLimits.Update, time, cancellationToken);
        var run = new Run(this, operation, request, new UpdateDecision(old, inputs ?? throw Unknown(), known));
        return await Failures.TranslateAsync(operation, async () => new UpdateResult(await run.ToEndAsync()));
    }

    /// <summary>In a preview the same decision is made, by the live link where it can be read and by the state file where not.</summary>
    private async Task<UpdateResult> PreviewAsync(
        UpdateRequest request, StandbyInputs old, StandbyInputs? inputs, KnownLink known, CancellationToken cancellationToken)
    {
        if (inputs is null)
        {
            // What is not known yet is taken as unchanged: a failover is refused all the same.
            await DecideAsync(request, old, old.WithFlags(request.NewInputs), known, cancellationToken);
            return new UpdateResult(StandbyState.Previewed(request.NewInputs, state: null));
        }

        var (live, plan) = await DecideAsync(request, old, inputs, known, cancellationToken);
        if (live is not null && plan is UpdatePlan.Start or UpdatePlan.Restart or UpdatePlan.Promote)
        {
            RequireActive(live.Cluster);
            Preflight.RequireIdle(live.Cluster);
        }

        return new UpdateResult(plan is UpdatePlan.Keep
            ? StandbyState.Carry(request.OldState, request.NewInputs)
            : StandbyState.Previewed(request.NewInputs, inputs.Promoted ? LinkState.Promoted : LinkState.Replicating));
    }

    private async Task<(LiveStandby? Live, UpdatePlan Plan)> DecideAsync(
        UpdateRequest request, StandbyInputs old, StandbyInputs inputs, KnownLink known, CancellationToken cancellationToken)
    {
        var live = await preflight.LookAsync(request.Urn, inputs, known, log, cancellationToken);
        var plan = (live?.Link ?? LiveLink.Remembered(known)) is { } link
            ? new UpdateDecision(old, inputs, known).Decide(link)
            : new UpdatePlan.Wait();
        return (live, plan);
    }

    private static void RequireActive(Cluster cluster)
    {
        if (cluster.Status != "active")
        {
            throw Refusal.NotActive(cluster);
        }
    }

    private static PluginException Unknown() =>
        new(PluginErrorCode.InvalidArgument, "An input is still unknown; Update needs all of them.");

    /// <summary>One update: look, act, and look again until the link is as declared.</summary>
    private sealed class Run(Update update, Operation operation, UpdateRequest request, UpdateDecision decision)
    {
        private readonly StandbyInputs _inputs = decision.New;

        public async Task<PropertyMap> ToEndAsync()
        {
            while (true)
            {
                var live = await LookAsync();
                var plan = decision.Decide(live.Link);
                if (plan is UpdatePlan.Start or UpdatePlan.Restart or UpdatePlan.Promote)
                {
                    RequireActive(live.Cluster);
                }

                switch (plan)
                {
                    case UpdatePlan.Wait:
                        await JoinAsync(live);
                        break;
                    case UpdatePlan.Start start:
                        return await StartAsync(live, _inputs.Link with { SyncWay = start.SyncWay }, decision.Known.JobId);
                    case UpdatePlan.Restart:
                        return await RestartAsync(live);
                    case UpdatePlan.Promote:
                        return await PromoteAsync(live);
                    default:
                        return Observation.Of(live, decision.KnownAfter).With(request.NewInputs);
                }
            }
        }

        private async Task<LiveStandby> LookAsync() =>
            await update._links.LookAsync(_inputs.Id, _inputs.Role, decision.Known, Freshness.Live, operation.Token)
            ?? throw Refusal.NoCluster(_inputs.Id);

        /// <summary>Waits for what is under way already, most often a job of an earlier run.</summary>
        private async Task JoinAsync(LiveStandby live)
        {
            var job = live.Link.Job!;
            var service = job.Request!.Service;
            var outputs = Observation.Of(live, decision.Known);
            switch (await WaitAsync(service, job.Id, outputs))
            {
                case WaitOutcome.Failed { Job: var failed } when service == ServiceNames.StartStandby:
                    await AfterFailedStartAsync(failed, outputs);
                    break;
                case WaitOutcome.Failed { Job: var failed } when service == ServiceNames.PromoteStandby && _inputs.Promoted
                    && await AfterFailureAsync(failed, outputs) is { Link.IsFailedOver: false } left:
                    throw Refusal.JobFailed(service, failed, WhatIsLeft(left));
                default:
                    break;
            }
        }

        /// <summary>Stops, then starts: between the two the state file says <c>starting</c> and names the stop.</summary>
        private async Task<PropertyMap> RestartAsync(LiveStandby live)
        {
            var stopId = await OrderAsync(live, ServiceNames.StopStandby, link: null);
            var halfway = new StandbyState(
                LinkState.Starting, stopId, decision.Known.StartedAt, live.Cluster.Name, live.Cluster.Status);
            if (await WaitAsync(ServiceNames.StopStandby, stopId, halfway) is WaitOutcome.Failed { Job: var failed }
                && await AfterFailureAsync(failed, halfway) is { Link.Phase: not LinkPhase.Stopped } left)
            {
                throw Refusal.JobFailed(ServiceNames.StopStandby, failed, WhatIsLeft(left));
            }

            var stopped = live with { SeenJobs = [.. live.SeenJobs, stopId] };
            return await StartAsync(stopped, _inputs.Link with { SyncWay = Names.Increment }, stopId);
        }

        /// <param name="live">The standby.</param>
        /// <param name="link">What to start with.</param>
        /// <param name="lastJobId">The job of ours that the state file is to name if the start cannot be ordered.</param>
        private async Task<PropertyMap> StartAsync(LiveStandby live, LinkParameters link, string? lastJobId)
        {
            var halfway = new StandbyState(
                LinkState.Starting, lastJobId, decision.Known.StartedAt, live.Cluster.Name, live.Cluster.Status);
            string startId;
            try
            {
                startId = await OrderAsync(live, ServiceNames.StartStandby, link);
            }
            catch (Exception error) when (error is QingCloudException or OperationCanceledException)
            {
                throw Partial(halfway, $"The link is cut and start_standby could not be ordered: {error.Message} Run pulumi up again to start it.");
            }

            var starting = halfway with { JobId = startId };
            return await WaitAsync(ServiceNames.StartStandby, startId, starting) switch
            {
                WaitOutcome.Succeeded { Job: var job } =>
                    Observation.Of(live.Cluster, LinkState.Replicating, job).With(request.NewInputs),
                WaitOutcome.Failed { Job: var job } => throw KeptAllTheSame(await AfterFailedStartAsync(job, starting), job),
                _ => throw new InvalidOperationException("an interrupted wait was thrown already"),
            };
        }

        private async Task<PropertyMap> PromoteAsync(LiveStandby live)
        {
            var promoteId = await OrderAsync(live, ServiceNames.PromoteStandby, link: null);
            var startedAt = live.Link.StartJob?.CreatedAt ?? decision.Known.StartedAt;
            var promoting = new StandbyState(
                LinkState.Promoting, promoteId, startedAt, live.Cluster.Name, live.Cluster.Status);
            return await WaitAsync(ServiceNames.PromoteStandby, promoteId, promoting) switch
            {
                WaitOutcome.Succeeded { Job: var job } =>
                    Observation.Of(live.Cluster, LinkState.Promoted, job, startedAt).With(request.NewInputs),
                WaitOutcome.Failed { Job: var job } => await AfterFailureAsync(job, promoting) is { Link.IsFailedOver: false } left
                    ? throw Refusal.JobFailed(ServiceNames.PromoteStandby, job, WhatIsLeft(left))
                    : (promoting with { State = LinkState.Promoted }).With(request.NewInputs),
                _ => throw new InvalidOperationException("an interrupted wait was thrown already"),
            };
        }

        /// <summary>After a failed job the link is read again, not assumed; what cannot be read stays for the next run.</summary>
        private async Task<LiveStandby> AfterFailureAsync(Job failed, StandbyState meanwhile)
        {
            var service = failed.Request?.Service ?? failed.Action;
            try
            {
                return await LookAsync();
            }
            catch (Exception error) when (error is QingCloudException or OperationCanceledException or PluginException)
            {
                throw Partial(meanwhile, Refusal.JobFailure(
                    service, failed, $"What became of {_inputs.ClusterId} could not be read ({error.Message})."));
            }
        }

        /// <summary>Throws, unless the failed start made the link all the same.</summary>
        private async Task<LiveStandby> AfterFailedStartAsync(Job failed, StandbyState starting)
        {
            var live = await AfterFailureAsync(failed, starting);
            return live.Link.Phase == LinkPhase.Replicating ? live : throw Partial(
                starting,
                Refusal.JobFailure(ServiceNames.StartStandby, failed, "The link is not up; the next pulumi up starts it again."));
        }

        /// <summary>A job that failed is reported even where its link is up.</summary>
        private ResourceInitException KeptAllTheSame(LiveStandby live, Job failed) => Partial(
            Observation.Of(live, decision.Known),
            Refusal.JobFailure(ServiceNames.StartStandby, failed, "The cluster shows a link all the same; it was kept in the state."));

        private string WhatIsLeft(LiveStandby live) => $"{_inputs.ClusterId} was read again: it is {live.Link.Told}.";

        private Task<string> OrderAsync(LiveStandby live, string service, LinkParameters? link) =>
            update._services.OrderAsync(_inputs.Id, _inputs.Role, service, link, live.SeenJobs, operation.Token);

        /// <summary>Waits for a job; an interruption leaves the state given, with the job in it.</summary>
        private async Task<WaitOutcome> WaitAsync(string service, string jobId, StandbyState meanwhile)
        {
            var outcome = await update._services.WaitAsync(operation, _inputs.Zone, service, jobId);
            return outcome is WaitOutcome.Interrupted interrupted
                ? throw Partial(meanwhile, interrupted.Reason + " Run pulumi up again to wait on for it; it is not started twice.")
                : outcome;
        }

        private ResourceInitException Partial(StandbyState state, string reason) =>
            new(request.Id, state.With(request.NewInputs), request.NewInputs, [reason]);
    }
}
