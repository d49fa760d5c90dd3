namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>What happens on delete: the resource's own link is cut, a standby that was cut loose is left alone. Where
/// the program still declares the resource, this is one half of a replacement, see <see
/// cref="Incarnations"/>.</summary>
internal sealed class Delete(Session session)
{
    public async Task RunAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        var id =
            StandbyId.Parse(request.Id, defaultZone: null)
            ?? throw new PluginException(
                PluginErrorCode.InvalidArgument,
                $"The stored id \"{request.Id}\" is no <zone>/<clusterId>."
            );
        if (session.Incarnations.IsReplaced(request.Urn, id, StandbyState.IncarnationOf(request.State)))
        {
            session.Log.Info(
                request.Urn,
                $"the link of {id.ClusterId} goes on with the new resource; it was left as it is"
            );
            return;
        }

        var limit = request.Timeout ?? TimeLimits.StopOrPromote;
        using var operation = session.Begin(request.Urn, limit, cancellationToken);
        var recorded = StandbyState.Recorded(request.State);
        var deletion = new Deletion(
            id,
            recorded,
            session.Incarnations.Declared(request.Urn, id),
            StandbyInputs.KnownText(request.State, Names.OnDelete) == Names.Promote
        );
        var role = StandbyInputs.KnownText(request.State, Names.Role) ?? Names.DefaultRole;
        var subject = new LinkSubject(id, role, recorded, ResourceIdentity.Of(request.Urn));
        await operation.RunAsync(async () =>
        {
            var convergence = new Convergence(operation, subject, deletion.Decide, declared: null, Broken);
            var standby = await deletion.ExplainAsync(convergence.RunAsync);
            if (convergence.CutBy is { } cutBy)
                session.Incarnations.Cut(request.Urn, cutBy);
            else if (standby is not null && deletion.IsEndOfBrokenOff(standby.Link))
                operation.Warn(Refusal.EndOfBrokenOff(id.ClusterId, standby.Link));

            return true;
        });
    }

    private static PluginException Broken(StandbyState state, string reason) =>
        new(
            PluginErrorCode.DeadlineExceeded,
            $"{reason} The resource stays in the state; run the command again to wait on for it."
        );
}
