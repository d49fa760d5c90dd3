using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Inputs;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>What happens on delete.</summary>
internal sealed class Delete(IQingCloud cloud, IEngineLog log, TimeProvider time, Declarations declarations)
{
    private readonly LiveLink _links = new(cloud);
    private readonly ServiceRun _services = new(cloud, time);
    private readonly Declarations _declarations = declarations;

    public async Task RunAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        var id = StandbyId.Parse(request.Id, defaultZone: null) ?? throw new PluginException(
            PluginErrorCode.InvalidArgument, $"The stored id \"{request.Id}\" is no <zone>/<clusterId>.");
        if (IsKeptBy(id, request.Urn) is { } keeper)
        {
            log.Warning(request.Urn, $"the link of {id.ClusterId} was left as it is: {keeper} of this program declares it now");
            return;
        }

        using var operation = new Operation(request.Urn, log, request.Timeout ?? TimeLimits.StopOrPromote, time, cancellationToken);
        await Failures.TranslateAsync(operation, async () =>
        {
            await new Run(this, operation, request, id).ToEndAsync();
            return true;
        });
    }

    /// <summary>
    /// The resource of the program that goes on with this very link, where one does: another one, under a new name; or the same one,
    /// whose Create took the link over (a replacement that nothing in the link calls for, or one that an earlier run began).
    /// </summary>
    private string? IsKeptBy(StandbyId id, string urn) =>
        _declarations.Of(id) is { } declared && (declared.Urn != urn || _declarations.ReplacementOf(id) is null) ? declared.Urn : null;

    /// <summary>One deletion: look, act, and look again until there is no link.</summary>
    private sealed class Run(Delete delete, Operation operation, DeleteRequest request, StandbyId id)
    {
        private readonly KnownLink? _known = StandbyState.Known(request.State);
        private readonly string _role = StandbyInputs.KnownText(request.State, Names.Role) ?? "maininstance";

        private Replacement? Replacement => delete._declarations.Of(id) is null ? null : delete._declarations.ReplacementOf(id);

        public async Task ToEndAsync()
        {
            while (true)
            {
                var live = await delete._links.LookAsync(id, _role, _known, Freshness.Live, operation.Token);
                if (live is null || live.Link.Phase == LinkPhase.None)
                {
                    return;
                }

                if (live.Link.IsBusy)
                {
                    await WaitAsync(live.Link.Job!.Request!.Service, live.Link.Job.Id);
                }
                else if (live.Link.IsFailedOver)
                {
                    Leave(live.Link);
                    return;
                }
                else
                {
                    await CutAsync(live);
                    return;
                }
            }
        }

        /// <summary>
        /// There is nothing to stop. When the program still declares the cluster, this deletion is the first half of a replacement
        /// whose second half would start the link anew: then a failover ends it here, where the state file still knows the resource.
        /// </summary>
        private void Leave(Link link)
        {
            if (UnfinishedStart.Is(_known, link))
            {
                delete._declarations.Cut(id);
                return;
            }

            if (Replacement is { AllowRelink: false })
            {
                throw Refusal.FailedOver(id, link);
            }

            delete._declarations.FoundFailedOver(id);
        }

        private async Task CutAsync(LiveStandby live)
        {
            var link = live.Link;
            if (_known is not null && link.Source is { } source && source.IsOtherThan(_known.Source))
            {
                throw Refusal.OtherSource(id, link, _known.Source.ToString());
            }

            // A replacement needs the standby as a standby: onDelete is for the resource's end.
            var service = Replacement is null && StandbyInputs.KnownText(request.State, Names.OnDelete) == Names.Promote
                ? ServiceNames.PromoteStandby
                : ServiceNames.StopStandby;
            var jobId = await OrderAsync(service, live);
            if (await WaitAsync(service, jobId) is WaitOutcome.Failed { Job: var failed })
            {
                await AfterFailureAsync(service, failed);
            }

            delete._declarations.Cut(id);
        }

        /// <summary>A failed job may have cut the link all the same: that is read, not assumed.</summary>
        private async Task AfterFailureAsync(string service, Job failed)
        {
            var live = await delete._links.LookAsync(id, _role, _known, Freshness.Live, operation.Token);
            if (live is null || live.Link.Phase == LinkPhase.None || live.Link.IsFailedOver)
            {
                operation.Log.Warning(request.Urn, Refusal.JobFailure(service, failed, $"{id.ClusterId} has no link any more all the same."));
                return;
            }

            throw Refusal.JobFailed(
                service, failed, $"{id.ClusterId} was read again: it is {live.Link.Told}. The resource stays in the state.");
        }

        private async Task<string> OrderAsync(string service, LiveStandby live)
        {
            try
            {
                return await delete._services.OrderAsync(id, _role, service, link: null, live.SeenJobs, operation.Token);
            }
            catch (QingCloudException refused) when (live.Link.Job is null && refused.Kind is FailureKind.PermissionDenied)
            {
                throw Refusal.NotCut(id, service, refused);
            }
        }

        private async Task<WaitOutcome> WaitAsync(string service, string jobId)
        {
            var outcome = await delete._services.WaitAsync(operation, id.Zone, service, jobId);
            return outcome is WaitOutcome.Interrupted interrupted
                ? throw new PluginException(
                    PluginErrorCode.DeadlineExceeded,
                    interrupted.Reason + " The resource stays in the state; run the command again to wait on for it.")
                : outcome;
        }
    }
}
