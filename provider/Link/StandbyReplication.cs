namespace QingCloudMySqlStandby.Link;

/// <summary>The resource, in the order in which the engine calls: Check, Diff, Create, Read (which also imports), Update,
/// Delete. <see cref="Decision"/> decides what is done to a link, and <see cref="Runner"/> does it.</summary>
internal sealed class StandbyReplication(Session session)
{
    /// <summary>Notes what the program declares. Two resources on one cluster would take each other's link away: the
    /// second is refused, before anything is done.</summary>
    public CheckResult Check(CheckRequest request, string? defaultZone)
    {
        var result = InputCheck.Run(request.News, defaultZone);
        if (
            result.Failures.Count > 0
            || StandbyInputs.KnownText(result.Inputs, Names.ClusterId) is not { } cluster
            || StandbyInputs.KnownText(result.Inputs, Names.Zone) is not { } zone
        )
        {
            return result;
        }

        var id = new StandbyId(zone, cluster);
        if (session.Incarnations.Declare(request.Urn, id, StandbyInputs.Read(result.Inputs)) is not { } other)
            return result;

        var reason =
            $"{cluster} is the standby of {other} already, and a cluster has one source at most; remove one of the two "
            + "resources.";
        return result with { Failures = [new CheckFailure(Names.ClusterId, reason)] };
    }

    public DiffResult Diff(DiffRequest request)
    {
        if (StandbyId.Parse(request.Id, defaultZone: null) is { } id)
        {
            session.Incarnations.Remain(request.Urn, id, StandbyState.IncarnationOf(request.OldState));
            session.Incarnations.Know(request.Urn, id, StandbyState.Recorded(request.OldState));
        }

        return Link.Diff.Run(request);
    }

    /// <summary>The cluster is looked at first: a link that this resource started before a crash is kept, another's is
    /// left alone, and nothing is started over a failover without consent.</summary>
    public async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        RequireValid(request.Inputs);
        if (StandbyInputs.Read(request.Inputs) is not { } declared)
        {
            return request.Preview
                ? new CreateResult("", StandbyState.Previewed(request.Inputs, promoted: false))
                : throw UnknownInput();
        }

        var limit = request.Timeout ?? TimeLimits.Start(declared.Link.SyncWay);
        var goal = new Goal.Linked(declared, Old: null, Recorded: null, session.Time.GetUtcNow())
        {
            IsPasswordImported = session.Incarnations.IsPasswordImported(request.Urn, declared.Id),
        };
        var subject = new LinkSubject(declared.Id, declared.Role, null, ResourceIdentity.Of(request.Urn))
        {
            CutBy = session.Incarnations.CutOf(declared.Id),
            KnownAnchor = session.Incarnations.AnchorOf(request.Urn, declared.Id),
        };
        if (request.Preview)
        {
            await new Preview(session, request.Urn, limit).RunAsync(subject, goal, cancellationToken);
            return new CreateResult(declared.Id.ToString(), StandbyState.Previewed(request.Inputs, declared.Promoted));
        }

        var incarnation = session.Random.GetHexString(16, lowercase: true);
        using var operation = Begin(request.Urn, limit, declared, cancellationToken);
        return await operation.RunAsync(async () =>
        {
            operation.Show($"looking at {declared.ClusterId}");
            var progress = await new Runner(session, operation, subject, goal, Broken).RunAsync();
            var state = Finished(operation, goal, subject.Id, progress);
            if (state.State == LinkState.Promoted)
                session.Incarnations.Promote(request.Urn, declared.Link.SourceClusterId);

            return new CreateResult(declared.Id.ToString(), Outputs(state));
        });

        PropertyMap Outputs(StandbyState state)
        {
            session.Incarnations.Remain(request.Urn, declared.Id, incarnation);
            return (state with { Incarnation = incarnation }).With(request.Inputs);
        }

        ResourceInitException Broken(StandbyState state, string reason) =>
            new(
                declared.Id.ToString(),
                Outputs(state),
                Secrets.Mark(request.Inputs),
                [$"{reason} {Messages.NextUpdate}"]
            );
    }

    /// <summary>A refresh reads what there is; an import, which has no state, makes the inputs that change
    /// nothing. Null where the cluster is gone.</summary>
    public async Task<ReadResult?> ReadAsync(
        ReadRequest request,
        string? defaultZone,
        CancellationToken cancellationToken
    )
    {
        var id =
            StandbyId.Parse(request.Id, defaultZone)
            ?? throw new PluginException(
                PluginErrorCode.InvalidArgument,
                $"\"{request.Id}\" is no id of a StandbyReplication: use <zone>/<clusterId>, such as sh1a/cl-ouhutv70 "
                    + "(the cluster's id alone needs the provider's zone)."
            );
        var recorded = StandbyState.Recorded(request.State);
        session.Incarnations.Know(request.Urn, id, recorded);
        var role = StandbyInputs.KnownText(request.State, Names.Role) ?? Names.DefaultRole;
        var subject = new LinkSubject(id, role, recorded, ResourceIdentity.Of(request.Urn));
        using var operation = session.Begin(request.Urn, request.Timeout ?? TimeLimits.Read, cancellationToken);
        return await operation.RunAsync(async () =>
        {
            var refresh = new Refresh(session, operation, subject);
            var standby = await refresh.LookAsync();
            if (recorded is not null)
                return standby is null ? null : refresh.Read(request, standby, recorded);

            var result = Import.Read(operation, id, role, standby ?? throw Messages.NoCluster(id), NewIncarnation());
            if (result.Inputs is not null)
                session.Incarnations.Import(request.Urn, id);

            return result;
        });
    }

    /// <summary>Everything that changes a link on its cluster. The link is looked at before each step, so that neither an
    /// old state file nor an interrupted run misleads.</summary>
    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        var old = StandbyInputs.Read(request.OldInputs) ?? throw UnknownInput();
        RequireValid(request.NewInputs);
        var inputs = StandbyInputs.Read(request.NewInputs);
        if (inputs is null && !request.Preview)
            throw UnknownInput();

        var recorded =
            StandbyState.Recorded(request.OldState)
            ?? new RecordedLink(LinkState.Unknown, null, null, Source.Of(old.Link));
        var declared = inputs ?? old.WithIntentOf(request.NewInputs);
        var limit = request.Timeout ?? UpdateLimit(declared, old);
        var goal = new Goal.Linked(declared, old, recorded, session.Time.GetUtcNow());
        var subject = new LinkSubject(declared.Id, declared.Role, recorded, ResourceIdentity.Of(request.Urn));
        if (request.Preview)
        {
            var step = await new Preview(session, request.Urn, limit).RunAsync(subject, goal, cancellationToken);
            return new UpdateResult(Previewed(request, inputs, step));
        }

        using var operation = Begin(request.Urn, limit, declared, cancellationToken);
        return await operation.RunAsync(async () =>
        {
            var progress = await new Runner(session, operation, subject, goal, Broken).RunAsync();
            return new UpdateResult(Outputs(Finished(operation, goal, subject.Id, progress)));
        });

        PropertyMap Outputs(StandbyState state) =>
            (state with { Incarnation = StandbyState.IncarnationOf(request.OldState) }).With(request.NewInputs);

        ResourceInitException Broken(StandbyState state, string reason) =>
            new(request.Id, Outputs(state), Secrets.Mark(request.NewInputs), [$"{reason} {Messages.NextUpdate}"]);
    }

    /// <summary>The resource's own link is stopped, a standby that was failed over is left alone. Where the program still
    /// declares the resource, this is one half of a replacement: see <see cref="Incarnations"/>.</summary>
    public async Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        var id =
            StandbyId.Parse(request.Id, defaultZone: null)
            ?? throw new PluginException(
                PluginErrorCode.InvalidArgument,
                $"The stored id \"{request.Id}\" is no <zone>/<clusterId>."
            );
        var recorded = StandbyState.Recorded(request.State);
        if (session.Incarnations.IsReplaced(request.Urn, id, StandbyState.IncarnationOf(request.State)))
        {
            session.Log.Info(
                request.Urn,
                $"the link of {id.ClusterId} continues with the new resource; it was left as it is"
            );

            // Another resource has taken the link over, and does not lift a fence that is not its own.
            if (recorded?.Fence is not null && !session.Incarnations.IsDeclared(request.Urn, id, out _))
            {
                session.Warn(
                    request.Urn,
                    WarningKind.SourceStaysReadOnly,
                    Messages.SourceStaysReadOnlyWarning(recorded)
                );
            }

            return;
        }

        session.Incarnations.Know(request.Urn, id, recorded);
        var goal = DeletionGoal(request, id, recorded);
        var role = StandbyInputs.KnownText(request.State, Names.Role) ?? Names.DefaultRole;
        var subject = new LinkSubject(id, role, recorded, ResourceIdentity.Of(request.Urn));
        using var operation = session.Begin(
            request.Urn,
            request.Timeout ?? TimeLimits.StopOrPromote,
            cancellationToken
        );
        await operation.RunAsync(async () =>
        {
            if (goal is Goal.Gone { Promotes: true })
            {
                operation.Warn(
                    WarningKind.DeletePromotes,
                    Messages.DeletePromotesWarning(id.ClusterId, recorded?.Source.ClusterId)
                );
            }

            var progress = await new Runner(session, operation, subject, goal, Broken).RunAsync();
            await AfterDeletionAsync(operation, subject, goal, progress);
            if (progress.StopJobId is { } stop)
                session.Incarnations.Cut(id, stop);

            return true;
        });

        static PluginException Broken(StandbyState state, string reason) =>
            new(
                PluginErrorCode.DeadlineExceeded,
                $"{reason} The resource stays in the state; run the command again to continue."
            );
    }

    private Goal DeletionGoal(DeleteRequest request, StandbyId id, RecordedLink? recorded)
    {
        var now = session.Time.GetUtcNow();
        var isReplaced = session.Incarnations.IsDeclared(request.Urn, id, out var next);
        if (isReplaced)
            return new Goal.CutForReplacement(recorded, next, next?.Consent ?? Consent.None, now);

        // A replacement on another cluster ends this link as any replacement does, whatever onDelete says.
        var promotes =
            StandbyInputs.KnownText(request.State, Names.OnDelete) == Names.Promote
            && !session.Incarnations.IsDeclared(request.Urn);
        return new Goal.Gone(recorded, promotes, StandbyInputs.ConsentOf(request.State), now)
        {
            KeepsFence =
                session.Incarnations.PromotedSourceOf(request.Urn) is { } source
                && source == recorded?.Source.ClusterId,
        };
    }

    /// <summary>A cluster that is not listed is gone only if that is certain. A link that was stopped to be started again
    /// is given up with the resource.</summary>
    private async Task AfterDeletionAsync(Operation operation, LinkSubject subject, Goal goal, Progress progress)
    {
        if (progress.Standby is not { } standby)
        {
            await new Refresh(session, operation, subject).RequireGoneAsync();
            return;
        }

        if (goal is Goal.Gone && progress.StopJobId is null && standby.Link.End is { IsPendingRestart: true })
        {
            operation.Warn(
                WarningKind.RestartGivenUp,
                Messages.RestartGivenUpWarning(subject.Id.ClusterId, standby.Link)
            );
        }
    }

    /// <summary>The outputs of an operation that has reached its goal.</summary>
    private static StandbyState Finished(Operation operation, Goal.Linked goal, StandbyId id, Progress progress)
    {
        var standby = progress.Standby ?? throw Messages.NoCluster(id);
        var link = standby.Link;
        if (progress.Adopted is { } adopted && link.State != LinkState.Replicating)
        {
            operation.Warn(WarningKind.AdoptedUnseen, Messages.AdoptedUnseenWarning(id.ClusterId, adopted));
            link = link with { State = LinkState.Replicating, Start = adopted, Job = adopted, End = null };
        }

        // What the program accepts stays accepted: a start that was still to follow is given up.
        if (goal.Declared.Promoted && link.End is { } end)
            link = link with { End = end with { IsPendingRestart = false } };

        var state = StandbyState.Of(standby with { Link = link }, progress.Recorded);
        var isAccepted = goal.Declared.Promoted && state.State is LinkState.Starting or LinkState.Promoting;
        var ownStart = link is { State: LinkState.Replicating, Owner: Owner.Own } ? link.Start?.Id : null;
        return state with
        {
            State = isAccepted ? LinkState.Stopped : state.State,
            Anchor = progress.Adopted?.Id ?? ownStart ?? state.Anchor,
            AnchorSource = (progress.Adopted?.Id ?? ownStart) is null
                ? state.AnchorSource
                : Source.Of(goal.Declared.Link),
            Awaited = null,
            PendingStop = null,
            Fence = state.State is LinkState.Promoted or LinkState.Stopped ? null : state.Fence,
        };
    }

    /// <summary>A switchover keeps a part of its time to undo what is half done.</summary>
    private Operation Begin(string urn, TimeSpan limit, StandbyInputs declared, CancellationToken cancellationToken)
    {
        var isSwitchover = declared is { Promoted: true, FenceSource: true };
        var reserve = isSwitchover ? TimeLimits.RollbackReserve(limit) : TimeSpan.Zero;
        return session.Begin(urn, limit, cancellationToken, reserve);
    }

    private static TimeSpan UpdateLimit(StandbyInputs declared, StandbyInputs old) =>
        declared.Promoted && !old.Promoted ? TimeLimits.StopOrPromote : TimeLimits.Update;

    /// <summary>Where nothing about the link changes, its outputs stay known, so that nothing that uses them is shown as
    /// changed.</summary>
    private static PropertyMap Previewed(UpdateRequest request, StandbyInputs? inputs, Step? step)
    {
        var staysAsItIs = step is Step.Done { Adopted: null } && inputs is not null;
        return staysAsItIs && StandbyState.StateOf(request.OldState) is not LinkState.Starting
            ? StandbyState.Carry(request.OldState, request.NewInputs)
            : StandbyState.PreviewedUpdate(request.OldState, request.NewInputs, inputs?.Promoted);
    }

    private string NewIncarnation() => session.Random.GetHexString(16, lowercase: true);

    /// <summary>Policies may rewrite inputs after Check.</summary>
    private static void RequireValid(PropertyMap inputs)
    {
        if (InputCheck.Validate(inputs) is { Count: > 0 } failures)
            throw Messages.InvalidInputs(failures);
    }

    private static PluginException UnknownInput() =>
        new(PluginErrorCode.InvalidArgument, "An input is still unknown; this call needs all of them.");
}
