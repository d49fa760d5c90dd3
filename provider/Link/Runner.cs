using QingCloudMySqlStandby.Link.Health;
using QingCloudMySqlStandby.QingCloud.Jobs;

namespace QingCloudMySqlStandby.Link;

/// <summary>Brings one link to its goal: looks, decides, acts, and repeats. Create, Update and Delete differ in their
/// goals, not in how those are carried out. From the first job on, every exit keeps what is known.</summary>
/// <param name="session">What all operations share.</param>
/// <param name="operation">The operation.</param>
/// <param name="subject">Whose link it is.</param>
/// <param name="goal">The goal.</param>
/// <param name="broken">Makes the error of an operation that ends before its time although something is under way or
/// done: of the outputs to keep, and why.</param>
internal sealed class Runner(
    Session session,
    Operation operation,
    LinkSubject subject,
    Goal goal,
    Func<StandbyState, string, Exception> broken
)
{
    private readonly LinkReader _reader = new(operation.Cloud, operation.Time);
    private readonly LinkParameters? _declared = (goal as Goal.Linked)?.Declared.Link;
    private readonly Guards _guards = new(session, operation, subject.Id, (goal as Goal.Linked)?.Declared.Link);
    private Progress _progress = new(subject.Recorded);

    private StandbyId Id => subject.Id;

    /// <summary>Whether the goal is a promotion before which the source is made read-only.</summary>
    private bool IsSwitchover => goal is Goal.Linked { Declared: { Promoted: true, FenceSource: true } };

    /// <summary>Runs the operation to its end. Its standby is null where the cluster does not exist.</summary>
    public async Task<Progress> RunAsync()
    {
        try
        {
            await LookAsync(Extent.Usual);
            while (_progress.Standby is not null && Decide() is var step and not Step.Done)
                await TakeAsync(step);

            return _progress.Failure is { } failure && _progress.Standby is not null ? throw Keep(failure) : _progress;
        }
        catch (Exception error) when (error is QingCloudException or OperationCanceledException or PluginException)
        {
            operation.Debug($"ended early: {error}");
            var isSwitching = _progress.HasActed || _progress.Promotions > 0;
            if (IsSwitchover && _progress.IsFenced && isSwitching && !operation.IsInterrupted)
                throw await RollBackAsync(error);

            // A refusal after nothing but a wait, or after a job that changed nothing, leaves the state as it was.
            var isDoubtful =
                _progress is { Failed: not null, Standby.Link.State: LinkState.Unknown } && goal.Recorded is not null;
            var isKept = error is not PluginException || _progress.StopJobId is not null || isDoubtful;
            if (!_progress.HasActed || !isKept)
                throw;

            throw Keep(Explanation.Of(_progress, operation, error, IsSwitchover));
        }
    }

    /// <summary>What is left of a switchover stays in the state.</summary>
    private async Task<Exception> RollBackAsync(Exception error)
    {
        var rollback = new Rollback(operation, subject.Id, _progress, LookAgainAsync, LiftFenceAsync);
        var (message, isUndone) = await rollback.RunAsync(error);
        return isUndone ? new PluginException(PluginErrorCode.FailedPrecondition, message, error) : Keep(message);
    }

    private Step Decide()
    {
        var link = _progress.Link;
        var step = Decision.Next(goal with { Recorded = _progress.Recorded, Now = operation.Now }, link);
        operation.Debug(Diagnostics.Line(goal, link, step));
        if (step is Step.Done { Adopted: { } adopted })
            _progress = _progress with { Adopted = adopted };

        return step;
    }

    private Task TakeAsync(Step step) =>
        step switch
        {
            Step.Refuse refuse => throw Messages.Refusal(
                refuse.Kind,
                Id,
                goal with
                {
                    Now = operation.Now,
                },
                _progress.Link
            ),
            Step.Look look => LookAsync(look.Extent),
            Step.Wait wait => JoinAsync(wait),
            Step.Submit submit => CarryOutAsync(submit),
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };

    /// <summary>Looks at the standby, and at everything that a decision has asked for so far.</summary>
    private async Task LookAsync(Extent extent)
    {
        _progress = _progress with { Extent = _progress.Extent | extent };
        var standby = await LookAgainAsync(operation.Token);
        _progress = _progress with
        {
            Standby = standby,
            HasTabShownLink = _progress.HasTabShownLink || standby?.Link.Tab == TabView.Link,
        };
    }

    private async Task<ObservedStandby?> LookAgainAsync(CancellationToken cancellationToken)
    {
        var whose = subject with { Recorded = _progress.Recorded, OwnJobs = _progress.OwnJobs };
        try
        {
            return await _reader.LookAsync(whose, _progress.Extent, Freshness.Live, cancellationToken);
        }
        catch (QingCloudException error) when (_progress.Extent.HasFlag(Extent.Source) && !IsSwitchover)
        {
            // A lost source must not keep anybody from stopping the link, or from starting it from another source.
            var extent = _progress.Extent & ~Extent.Source;
            var standby = await _reader.LookAsync(whose, extent, Freshness.Live, cancellationToken);
            operation.Warn(WarningKind.SourceNotChecked, Messages.SourceNotCheckedWarning(error));
            return standby is null
                ? null
                : standby with
                {
                    Link = standby.Link with { SourceReadOnly = SourceReadOnly.NotVisible },
                };
        }
    }

    /// <summary>Waits for what is under way already, most often a job of an earlier run.</summary>
    private async Task JoinAsync(Step.Wait wait)
    {
        _progress = _progress with
        {
            Service = wait.Job.Request?.Service ?? wait.Job.Action,
            JobId = wait.Job.Id,
            JobCreatedAt = wait.Job.CreatedAt,
        };
        var zone = wait.IsOnSource ? _progress.Link.Source!.Zone! : Id.Zone;
        var job = await WaitAsync(zone, wait.Job.Id, LastCopy(wait.Job.Request?.Link), operation.Token);
        await AfterAsync(job, isOwn: false);
    }

    private async Task CarryOutAsync(Step.Submit step)
    {
        if (step is Step.LiftFence or Step.Stop && MayPromotionBeUnlisted)
        {
            await WaitForListingAsync();
            return;
        }

        if (step is Step.Fence)
            operation.Show($"switchover of {Id.ClusterId}: {await LagInWordsAsync()}");
        if (step is Step.Promote { Purpose: Purpose.Promote } && IsSwitchover)
            await RestBeforePromotionAsync();

        await _guards.RequireAsync(step, _progress.Standby!, operation.Token);
        var call = CallOf(step) with { BeforeRetry = token => RequireUnchangedAsync(step, token) };
        if (await SubmitAsync(step, call, operation.Token) is not { } jobId)
            return;

        var job = await WaitAsync(call.Zone, jobId, LastCopy(step is Step.Start ? _declared : null), operation.Token);
        _progress = _progress with
        {
            OwnJobs = [.. _progress.OwnJobs, job with { Request = call.AsRequest() }],
            HasStarted = _progress.HasStarted || step is Step.Start,
            StopJobId = step is Step.Stop && job.Status == JobStatus.Successful ? jobId : _progress.StopJobId,
        };
        if (step is Step.LiftFence && job.Status == JobStatus.Successful)
            _progress = _progress.WithoutFence();

        if (step is Step.Start start && job.Status == JobStatus.Successful)
            AfterStart(job, start);
        else
            await AfterAsync(job, isOwn: true);
    }

    private ServiceCall CallOf(Step.Submit step)
    {
        var (zone, cluster) = TargetOf(step);
        var isOnStandby = cluster == Id.ClusterId;
        return new ServiceCall(zone, cluster, isOnStandby ? subject.Role : Names.DefaultRole, step.Service)
        {
            Link = step is Step.Start start ? _declared! with { SyncWay = start.SyncWay } : null,
            ReadOnly = step.Service == ServiceNames.SetReadOnly ? step is Step.Fence : null,
            RequestId = new RequestId(subject.Self!, step.Purpose).ForOneCall(operation.Random),
            KnownJobs = isOnStandby ? _progress.Standby!.SeenJobs : null,
        };
    }

    /// <summary>Whether the state says that this resource was promoting the standby, and the job is not seen: its answer was
    /// lost, or it is not listed yet.</summary>
    private bool MayPromotionBeUnlisted =>
        goal.Recorded is { State: LinkState.Promoting } recorded
        && !_progress.HasWaitedForListing
        && !_progress.Standby!.SeenJobs.Any(job => job == recorded.Awaited);

    /// <summary>Before a source becomes writable again, a promotion that was submitted must show.</summary>
    private async Task WaitForListingAsync()
    {
        _progress = _progress with { HasWaitedForListing = true };
        operation.Show($"waiting for QingCloud to list what the last run submitted on {Id.ClusterId}");
        await Task.Delay(JobWaits.ListingDelay, operation.Time, operation.Token);
        await LookAsync(Extent.Usual);
    }

    /// <summary>What was right when it was submitted first may be wrong by the time it is submitted again.</summary>
    private async Task RequireUnchangedAsync(Step.Submit step, CancellationToken cancellationToken)
    {
        if (await LookAgainAsync(cancellationToken) is not { } standby)
            return;

        _progress = _progress with { Standby = standby };
        var next = Decide();

        // What keeps the source busy is what the submission waits for.
        var isBusy = step is Step.Fence && next is Step.Refuse { Kind: RefusalKind.SourceBusy };
        if (next != step && !isBusy)
            throw new OutdatedStepException();

        await _guards.RequireAsync(step, standby, cancellationToken);
    }

    /// <summary>Submits a service. Null where QingCloud refused it and the next decision has to deal with that.</summary>
    private async Task<string?> SubmitAsync(Step.Submit step, ServiceCall call, CancellationToken cancellationToken)
    {
        try
        {
            var jobId = await operation.Cloud.RunServiceAsync(call, cancellationToken);
            operation.Debug($"submitted {step.Service} ({step.Purpose}) on {call.ClusterId}: job {jobId}");
            _progress = _progress.Submitted(step, jobId, SourceNow());
            return jobId;
        }
        catch (QingCloudException error) when (error.Kind == FailureKind.Ambiguous)
        {
            // There may be a job: the state file must lead the next run to it.
            _progress = _progress.Submitted(step, jobId: null, SourceNow());
            throw;
        }
        catch (OutdatedStepException)
        {
            operation.Debug($"did not submit {step.Service} again: the link has changed");
            return null;
        }
        catch (QingCloudException error) when (step is Step.Fence && error.ReturnCode is not null)
        {
            throw Messages.FenceFailed(Id, call.ClusterId, error.Message);
        }
        catch (QingCloudException error) when (step is Step.LiftFence && error.ReturnCode is not null)
        {
            throw Messages.FenceNotLifted(call.ClusterId, error);
        }
        catch (QingCloudException error) when (error.Kind == FailureKind.PermissionDenied)
        {
            await AfterRefusalAsync(step, error);
            return null;
        }
    }

    /// <summary>A refusal may be about the state of the cluster: there may be a link already, or none any more.</summary>
    private async Task AfterRefusalAsync(Step.Submit step, QingCloudException refused)
    {
        operation.Debug($"refused {step.Service}: {refused.Message}");
        if (step is Step.Promote { Purpose: Purpose.Promote } && IsSwitchover)
        {
            _progress = _progress with { WasPromotionRefused = true };
            await LookAsync(Extent.Tab);
            return;
        }

        var wasRefused = _progress.WasRefused;
        _progress = _progress with { WasRefused = true };
        await LookAsync(Extent.Tab);
        if (_progress.Standby is null)
            return;

        var isSameAgain = wasRefused || (Decide() is Step.Submit next && next.Service == step.Service);
        if (!isSameAgain)
            return;

        var link = _progress.Link;
        throw step switch
        {
            Step.Start when link.Tab != TabView.NoLink => Messages.MayBeLinked(Id, goal, link, refused),
            Step.Stop or Step.Promote when link.Tab != TabView.Link => Messages.MayBeUnlinked(Id, refused),
            _ => refused,
        };
    }

    /// <summary>A start that ended well needs no second look: what was submitted counts.</summary>
    private void AfterStart(Job job, Step.Start start)
    {
        var link = _declared! with { SyncWay = start.SyncWay };
        var request = new ServiceRequest(ServiceNames.StartStandby, Id.ClusterId, Id.Zone, link)
        {
            Role = subject.Role,
        };
        _progress = _progress with
        {
            JobId = null,
            Standby = _progress.Standby!.AfterStart(job, request),
            Recorded = _progress.Recorded! with
            {
                Anchor = job.Id,
                AnchorSource = Source.Of(link),
                PendingStop = null,
                DismissedEnd = null,
                StartedAt = job.CreatedAt,
            },
            WasRefused = false,
        };
    }

    /// <summary>Looks at what a job did. One that failed may have done its work anyway: the link is read again, not
    /// assumed. Where the same service would have to be submitted again, it was in vain.</summary>
    private async Task AfterAsync(Job job, bool isOwn)
    {
        var service = _progress.Service!;
        var isFailed = job.Status == JobStatus.Failed;
        _progress = _progress with { Failed = isFailed ? job : null };
        if (isOwn && isFailed && job.Id == _progress.Recorded?.Fence)
            throw Messages.FenceFailed(
                Id,
                _progress.Link.Source?.ClusterId ?? "",
                $"set_readonly job {job.Id} failed."
            );

        await LookAsync(isFailed ? Extent.Tab : Extent.Usual);
        _progress = _progress with { JobId = null };
        if (!isFailed || _progress.Standby is null)
            return;

        if (service == ServiceNames.PromoteStandby && !IsSwitchover)
            await LagInWordsAsync();

        var next = Decide();
        var isRetried = IsSwitchover && service == ServiceNames.PromoteStandby;
        if (next is Step.Submit same && same.Service == service && !isRetried)
        {
            var consequence = Consequence(service, job);
            throw service == ServiceNames.StartStandby && _progress.Link.MayBeLinked
                ? Keep(JobFailure.Describe(service, job, consequence))
                : JobFailure.Of(service, job, consequence);
        }

        if (service != ServiceNames.StartStandby)
            return;

        if (next is Step.Done)
            _progress = _progress with { Failure = FailedStart(job) };
        else if (next is Step.Refuse { Kind: RefusalKind.NotSeen })
            throw JobFailure.Of(service, job, Messages.DoubtfulStart(Id, _progress.Link, job));
        else if (_progress.HasStarted && next is Step.Stop)
            throw Keep(FailedStart(job));
    }

    /// <summary>What is known after a job that was in vain.</summary>
    private string Consequence(string service, Job job)
    {
        var link = _progress.Link;
        if (service == ServiceNames.StartStandby && link.MayBeLinked)
            return Messages.DoubtfulStart(Id, link, job);

        if (goal is not Goal.Linked && link.State == LinkState.Unknown)
            return Messages.DoubtfulEnd(Id, link);

        var lag = service == ServiceNames.PromoteStandby && _progress.Lag is { } behind ? $"; {behind.Words}" : "";
        var known = $"{Id.ClusterId} was read again: it is {Messages.Summary(link)}{lag}.";
        var isIncrement = job.Request?.Link?.SyncWay == Names.Increment && link.End?.Job is not null;
        return isIncrement ? $"{known} {Messages.CopyInstead(link.End!.Job!)}" : known;
    }

    private static string FailedStart(Job job) =>
        JobFailure.Describe(
            ServiceNames.StartStandby,
            job,
            "The cluster shows a link anyway; it was kept in the state."
        );

    /// <summary>Before a promotion is tried again, the standby gets time to catch up.</summary>
    private async Task RestBeforePromotionAsync()
    {
        var since = _progress.PromotingSince ?? operation.Now;
        if (_progress.Promotions > 0)
        {
            var waited = Duration.Of(operation.Now - since);
            operation.Show(
                $"promotion refused: {Id.ClusterId} has not caught up yet, attempt {_progress.Promotions}, {waited}; "
                    + await LagInWordsAsync()
            );
            var seconds = Math.Min(60, 5 * Math.Pow(2, Math.Min(4, _progress.Promotions - 1)));
            await Task.Delay(TimeSpan.FromSeconds(seconds), operation.Time, operation.Token);
            await LookAsync(Extent.Tab | Extent.Source);
        }

        _progress = _progress with
        {
            Promotions = _progress.Promotions + 1,
            PromotingSince = since,
            WasPromotionRefused = false,
        };
    }

    /// <summary>Asks how far the standby is behind. That is for the user alone: a switchover goes by what QingCloud
    /// refuses.</summary>
    private async Task<string> LagInWordsAsync()
    {
        try
        {
            var health = await new HealthReader(operation.Cloud).ReadAsync(Id, subject.Role, null, operation.Token);
            _progress = _progress with { Lag = health.Lag };
        }
        catch (QingCloudException error)
        {
            operation.Debug($"could not read the meters: {error.Message}");
            _progress = _progress with { Lag = new Lag.Unknown("its meters could not be read") };
        }

        return _progress.Lag!.Words;
    }

    /// <summary>Makes the source writable again, which this resource made read-only.</summary>
    private async Task<Job> LiftFenceAsync(
        Func<CancellationToken, Task> beforeRetry,
        CancellationToken cancellationToken
    )
    {
        var step = new Step.LiftFence();
        var call = CallOf(step) with { BeforeRetry = beforeRetry };
        var jobId =
            await SubmitAsync(step, call, cancellationToken)
            ?? throw new QingCloudException(FailureKind.PermissionDenied, "set_readonly OFF was refused.");
        return await WaitAsync(call.Zone, jobId, "", cancellationToken);
    }

    /// <summary>The cluster that a step runs on: the standby, or its source.</summary>
    private (string Zone, string Cluster) TargetOf(Step.Submit step) =>
        step is Step.Fence or Step.LiftFence
            ? (_progress.Link.Source!.Zone!, _progress.Link.Source.ClusterId!)
            : (Id.Zone, Id.ClusterId);

    private Source SourceNow() => _progress.Link.Source ?? (_declared is null ? Source.Unknown : Source.Of(_declared));

    private Exception Keep(string reason) => broken(StateNow(), reason);

    /// <summary>The outputs to keep when the operation ends here.</summary>
    private StandbyState StateNow()
    {
        var recorded = _progress.Recorded;
        var state = StandbyState.Of(_progress.Standby!, recorded);
        var isUnderWay =
            _progress.JobId is not null
            || recorded is { State: LinkState.Starting or LinkState.Promoting, JobId: null };
        if (!isUnderWay || recorded is null)
            return state;

        // A fence that is set, or being lifted, is half of a switchover; so is a promotion that is under way.
        var isFence = _progress.IsFenced && (IsSwitchover || _progress.Service == ServiceNames.SetReadOnly);
        var isPromoting = isFence || _progress.Link is { State: LinkState.Promoting, IsOwnJob: true };
        return state with
        {
            State = isPromoting ? LinkState.Promoting : recorded.State,
            JobId = recorded.JobId,
            StartedAt =
                _progress.Service == ServiceNames.StartStandby
                    ? _progress.JobCreatedAt ?? recorded.StartedAt
                    : recorded.StartedAt,
            PendingStop = recorded.PendingStop,
            Fence = recorded.Fence,
            FenceLift = recorded.FenceLift,
        };
    }

    /// <summary>Waits for a job; its status line counts from its beginning, unless the clocks disagree.</summary>
    private Task<Job> WaitAsync(string zone, string jobId, string lastCopy, CancellationToken cancellationToken)
    {
        var began = operation.Now;
        return operation.Cloud.WaitForJobAsync(zone, jobId, Show, cancellationToken);

        void Show(Job job)
        {
            _progress = _progress with { JobCreatedAt = job.CreatedAt };
            var age = operation.Now - (job.CreatedAt < began ? job.CreatedAt : began);
            var seconds = TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds));
            operation.Show($"{_progress.Service}: job {job.Id} {job.RawStatus}, {Duration.Of(seconds)}{lastCopy}");
        }
    }

    /// <summary>What a full copy may be expected to take, for the status line.</summary>
    private string LastCopy(LinkParameters? link) =>
        link?.SyncWay == Names.Full && _progress.Standby?.LastFullCopy is { } took
            ? $" (the last full copy took {Duration.Of(took)})"
            : "";

    /// <summary>A step that is no longer right, because the link has changed.</summary>
    private sealed class OutdatedStepException : Exception;
}
