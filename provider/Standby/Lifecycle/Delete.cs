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
        if (_declarations.Of(id) is { } declared && declared.Urn != request.Urn)
        {
            log.Warning(request.Urn, $"the link of {id.ClusterId} was left as it is: {declared.Urn} of this program declares it now");
            return;
        }

        if (_declarations.WasMade(id))
        {
            // A replacement that somebody asked for (up --replace) creates first: the new resource has taken the link over.
            log.Warning(request.Urn, $"the link of {id.ClusterId} was left as it is: it was taken over by the resource that this one was replaced with");
            return;
        }

        using var operation = new Operation(request.Urn, log, request.Timeout ?? TimeLimits.StopOrPromote, time, cancellationToken);
        await Failures.TranslateAsync(operation, async () =>
        {
            await new Run(this, operation, request, id).ToEndAsync();
            return true;
        });
    }

    /// <summary>One deletion: look, act, and look again until there is no link.</summary>
    private sealed class Run(Delete delete, Operation operation, DeleteRequest request, StandbyId id)
    {
        private readonly KnownLink? _known = StandbyState.Known(request.State);
        private readonly string _role = StandbyInputs.KnownText(request.State, Names.Role) ?? "maininstance";

        private Declaration? Replacement => delete._declarations.Of(id);

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
                    await CutAsync(live.Link);
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
                return;
            }

            if (Replacement is { AllowRelink: false })
            {
                throw Refusal.FailedOver(id, link);
            }

            delete._declarations.FoundFailedOver(id);
        }

        private async Task CutAsync(Link link)
        {
            if (_known is not null && link.Source is { } source && Contradicts(source, _known.Source))
            {
                throw Refusal.OtherSource(id, link, _known.Source.ToString());
            }

            // A replacement needs the standby as a standby: onDelete is for the resource's end.
            var service = Replacement is null && StandbyInputs.KnownText(request.State, Names.OnDelete) == Names.Promote
                ? ServiceNames.PromoteStandby
                : ServiceNames.StopStandby;
            var jobId = await OrderAsync(service, link);
            if (await WaitAsync(service, jobId) is WaitOutcome.Failed { Job: var failed })
            {
                throw Refusal.JobFailed(service, failed, $"{id.ClusterId} was left as it is, and the resource stays in the state.");
            }
        }

        private async Task<string> OrderAsync(string service, Link link)
        {
            try
            {
                return await delete._services.OrderAsync(id, _role, service, link: null, operation.Token);
            }
            catch (QingCloudException refused) when (link.Job is null && refused.Kind is FailureKind.PermissionDenied)
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

        private static bool Contradicts(Source live, Source known) =>
            (live.ClusterId is not null && known.ClusterId is not null && live.ClusterId != known.ClusterId)
            || (live.Zone is not null && known.Zone is not null && live.Zone != known.Zone);
    }
}
