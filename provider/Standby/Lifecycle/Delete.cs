namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>What happens on delete: the resource's own link is cut, a standby that was cut loose is left alone. Where
/// the program still declares the resource, this is one half of a replacement, see <see
/// cref="Incarnations"/>.</summary>
internal sealed class Delete(Session session)
{
    public async Task RunAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        var id = StandbyId.Parse(request.Id, defaultZone: null) ?? throw new PluginException(
            PluginErrorCode.InvalidArgument, $"The stored id \"{request.Id}\" is no <zone>/<clusterId>.");
        if (session.Incarnations.IsReplaced(request.Urn, id, StandbyState.IncarnationOf(request.State)))
        {
            session.Log.Info(
                request.Urn, $"the link of {id.ClusterId} goes on with the new resource; it was left as it is");
            return;
        }

        using var operation = session.Begin(
            request.Urn, request.Timeout ?? TimeLimits.StopOrPromote, cancellationToken);
        var recorded = StandbyState.Recorded(request.State);
        var deletion = new Deletion(
            id,
            recorded,
            session.Incarnations.Declared(request.Urn, id),
            StandbyInputs.KnownText(request.State, Names.OnDelete) == Names.Promote);
        var role = StandbyInputs.KnownText(request.State, Names.Role) ?? Names.DefaultRole;
        var subject = new LinkSubject(id, role, recorded, ResourceIdentity.Of(request.Urn));
        await operation.RunAsync(async () =>
        {
            var target = new Target(subject, deletion.Decide, Link: null, Broken);
            var convergence = session.Converge(operation, target);
            var standby = await deletion.ExplainAsync(convergence.RunAsync);
            Report(operation, request.Urn, deletion, standby, convergence.CutBy);
            return true;
        });
    }

    private void Report(Operation operation, string urn, Deletion deletion, ObservedStandby? standby, string? cutBy)
    {
        if (cutBy is not null)
            session.Incarnations.Cut(urn, cutBy);
        else if (standby is not null && deletion.IsEndOfBrokenOff(standby.Link))
            operation.Warn(Refusal.EndOfBrokenOff(standby.Cluster.Id, standby.Link));
    }

    private static PluginException Broken(StandbyState state, string reason) => new(
        PluginErrorCode.DeadlineExceeded,
        $"{reason} The resource stays in the state; run the command again to wait on for it.");
}
