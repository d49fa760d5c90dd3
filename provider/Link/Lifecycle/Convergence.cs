namespace QingCloudMySqlStandby.Link.Lifecycle;

/// <summary>Brings one link to where it is to be: looks, takes the next step, and goes on until none is left. Create,
/// Update and Delete differ in what they decide, not in how it is carried out, nor in what becomes of a job that fails
/// or a wait that is interrupted: from the first job on, every way out keeps what is known.</summary>
/// <param name="operation">The operation.</param>
/// <param name="subject">Whose link it is.</param>
/// <param name="decide">Decides the next step, given the job by which this operation has stopped the link; throws where
/// it must not be made.</param>
/// <param name="declared">What start_standby is to be given; null where nothing is to be started.</param>
/// <param name="broken">Makes the error of an operation that ends before its time although something is under way or
/// done: of the outputs to keep, and why.</param>
internal sealed class Convergence(
    Operation operation,
    LinkSubject subject,
    Func<ObservedLink, string?, Plan> decide,
    LinkParameters? declared,
    Func<StandbyState, string, Exception> broken
)
{
    private readonly LinkReader _reader = new(operation.Cloud);
    private Step? _step;
    private string? _failure;
    private bool _hasStarted;

    /// <summary>The job by which this operation has stopped the link.</summary>
    public string? CutBy { get; private set; }

    private StandbyId Id => subject.Id;
    private RecordedLink? Recorded => subject.Recorded;

    /// <summary>Runs the operation to its end; null when the cluster does not exist.</summary>
    public async Task<ObservedStandby?> RunAsync()
    {
        try
        {
            var standby = await LookAsync();
            while (standby is not null && Decide(standby) is not Plan.Keep and var plan)
            {
                standby = plan switch
                {
                    Plan.Start start => await StartAsync(standby, start),
                    Plan.Submit submit => await CarryOutAsync(standby, submit),
                    _ => await JoinAsync(standby),
                };
            }

            return standby is not null && _failure is not null
                ? throw broken(StandbyState.Of(standby, Recorded), _failure)
                : standby;
        }
        catch (Exception error)
            when ((_step is not null && error is QingCloudException or OperationCanceledException)
                || (CutBy is not null && error is PluginException)
            )
        {
            throw broken(_step!.Meanwhile, _step.Why(operation, error));
        }
    }

    private Plan Decide(ObservedStandby standby) => decide(standby.Link, CutBy);

    private Task<ObservedStandby?> LookAsync(bool wasRefused = false) =>
        _reader.LookAsync(subject with { WasRefused = wasRefused }, Freshness.Live, operation.Token);

    /// <summary>Waits for what is under way already, most often a job of an earlier run.</summary>
    private async Task<ObservedStandby?> JoinAsync(ObservedStandby standby)
    {
        var job = standby.Link.Job!;
        _step = new Step(job.Request!.Service, job.Id, StandbyState.Of(standby, Recorded));
        var ended = await WaitAsync(job.Id, LastCopy(standby, job.Request.Link));
        return ended.Status == JobStatus.Successful ? await LookAsync() : await AfterFailureAsync(ended);
    }

    /// <summary>A start that is refused may mean that there is a link which no job shows: the tab does.</summary>
    private async Task<ObservedStandby?> StartAsync(ObservedStandby standby, Plan.Start plan)
    {
        try
        {
            return await CarryOutAsync(standby, plan);
        }
        catch (QingCloudException error) when (error.Kind == FailureKind.PermissionDenied && _step is null)
        {
            var seen = await LookAsync(wasRefused: true);
            if (seen is null || Decide(seen) is Plan.Start)
                throw;

            return seen;
        }
    }

    private async Task<ObservedStandby?> CarryOutAsync(ObservedStandby standby, Plan.Submit plan)
    {
        var (service, purpose) = plan;
        var link = plan is Plan.Start start ? declared! with { SyncWay = start.SyncWay } : null;
        if (_step is null)
            await RequireAsync(standby, purpose);

        var jobId = await SubmitAsync(standby, service, purpose, link);
        _step = new Step(service, jobId, During(standby, purpose, jobId));
        var job = await WaitAsync(jobId, LastCopy(standby, link));
        _hasStarted |= purpose == Purpose.Start;
        CutBy = plan is Plan.Stop ? jobId : CutBy;
        if (job.Status != JobStatus.Successful)
            return await AfterFailureAsync(job);

        _step = _step with { JobId = null };
        var request = new ServiceRequest(service, Id.ClusterId, Id.Zone, link) { Role = subject.Role };
        return standby.After(job, purpose, request);
    }

    /// <summary>What must hold before the first step, and is not the link's own.</summary>
    private async Task RequireAsync(ObservedStandby standby, Purpose purpose)
    {
        if (purpose is not (Purpose.StopToDelete or Purpose.PromoteToDelete) && standby.Cluster.Status != "active")
            throw Refusal.NotActive(standby.Cluster);
        if (purpose is Purpose.Start or Purpose.StopToStart && declared is { } link)
            await OneWay.RequireAsync(_reader, Id, link, operation.Token);

        if (purpose == Purpose.Start && standby.Link is { IsFailedOver: true, By.Purpose: not Purpose.StopToStart })
            operation.Warn(Refusal.Overwrites(Id, standby.Link, declared!));
    }

    private async Task<string> SubmitAsync(
        ObservedStandby standby,
        string service,
        Purpose purpose,
        LinkParameters? link
    )
    {
        if (link?.Password.Reveal() == StandbyInputs.UnreadablePassword)
            throw Refusal.UnreadablePassword();

        var call = new ServiceCall(Id.Zone, Id.ClusterId, subject.Role, service, link)
        {
            RequestId = new RequestId(subject.Self!, purpose).ForOneCall(operation.Random),
            KnownJobs = standby.SeenJobs,
        };
        try
        {
            var job = await operation.Cloud.RunServiceAsync(call, operation.Token);
            if (job.IsGuess)
                operation.Warn(Refusal.Guessed(service, job.Id));

            return job.Id;
        }
        catch (QingCloudException error) when (error.Kind == FailureKind.Ambiguous)
        {
            // There may be a job: the state file must lead the next run to it.
            _step ??= new Step(service, JobId: null, During(standby, purpose, jobId: null));
            throw;
        }
    }

    /// <summary>A job that failed may have done its work anyway: the link is read again, not assumed. Where the same
    /// service would have to be submitted again, it was in vain.</summary>
    private async Task<ObservedStandby?> AfterFailureAsync(Job failed)
    {
        _step = _step! with { Failed = failed };
        if (await LookAsync() is not { } standby)
            return null;

        var next = Decide(standby);
        if (next is Plan.Submit { Service: var service } && service == _step.Service)
        {
            CutBy = next is Plan.Stop ? null : CutBy;
            throw JobFailure.Of(_step.Service, failed, $"{Id.ClusterId} was read again: it is {standby.Link.Summary}.");
        }

        if (_step.Service == ServiceNames.StartStandby && (next is Plan.Keep || _hasStarted))
        {
            _failure = JobFailure.Describe(
                _step.Service,
                failed,
                "The cluster shows a link anyway; it was kept in the state."
            );
        }

        if (_hasStarted && next is Plan.Stop)
        {
            // What can be seen of the new link does not show that it is as declared: one start an operation is enough.
            throw broken(StandbyState.Of(standby, Recorded), _failure!);
        }

        _step = _step with { JobId = null, Failed = null };
        return standby;
    }

    /// <summary>The outputs while a job of this operation is under way.</summary>
    private StandbyState During(ObservedStandby standby, Purpose purpose, string? jobId)
    {
        var observed = StandbyState.Of(standby, Recorded);
        return purpose switch
        {
            Purpose.Start or Purpose.StopToStart => observed with
            {
                State = LinkState.Starting,
                JobId = jobId,
                StartedAt = Recorded?.StartedAt,
            },
            Purpose.Promote => observed with { State = LinkState.Promoting, JobId = jobId },
            _ => observed,
        };
    }

    /// <summary>Waits for a job; its status line counts from its beginning, unless the clocks disagree.</summary>
    private Task<Job> WaitAsync(string jobId, string lastCopy)
    {
        var began = operation.Now;
        return operation.Cloud.WaitForJobAsync(Id.Zone, jobId, Show, operation.Token);

        void Show(Job job)
        {
            if (_step is { Service: ServiceNames.StartStandby } step)
                _step = step with { Meanwhile = step.Meanwhile with { StartedAt = job.CreatedAt } };

            var age = operation.Now - (job.CreatedAt < began ? job.CreatedAt : began);
            var seconds = TimeSpan.FromSeconds(Math.Floor(age.TotalSeconds));
            operation.Show($"{_step?.Service}: job {job.Id} {job.RawStatus}, {Duration.Of(seconds)}{lastCopy}");
        }
    }

    /// <summary>What a full copy may be expected to take, for the status line.</summary>
    private static string LastCopy(ObservedStandby standby, LinkParameters? link) =>
        link?.SyncWay == Names.Full && standby.LastFullCopy is { } took
            ? $" (the last full copy took {Duration.Of(took)})"
            : "";
}
