using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>A step that is decided: what it makes of what, and how it is taken.</summary>
internal sealed record PlannedStep(StepKind Kind, Entry Subject, Entry? Old, Func<Task> TakeAsync);

/// <summary>A step that failed; why has been reported.</summary>
/// <param name="goesOn">Whether the others are taken anyway.</param>
internal sealed class StepFailedException(bool goesOn) : Exception("A step has failed.")
{
    public bool GoesOn { get; } = goesOn;
}

/// <summary>The steps that change resources. Each records its operation, calls the provider, and records what came of
/// it; in a preview it says what would come of it.</summary>
internal sealed class Steps(Run run, ProviderRegistry providers, Decisions decisions)
{
    public PlannedStep Same(Entry old, Entry news, bool isUntargeted = false) =>
        new(
            StepKind.Same,
            news,
            old,
            async () =>
            {
                news.State = news.State with { Id = old.State.Id, Outputs = old.State.Outputs };
                try
                {
                    if (news.State.IsProvider && !isUntargeted)
                        await providers.SameAsync(news.State with { Inputs = old.State.Inputs });
                }
                catch (ProviderFailure failure)
                {
                    throw Fail(StepKind.Same, news, old, null, failure);
                }

                news.State = Protected(news.State);
                run.Checkpoint.Change(() => PutInPlace(old, news), write: IsNoteworthy(old.State, news.State));
                Record(StepKind.Same, StepOutcome.Succeeded, news, old.State, news.State);
                decisions.SetNew(news);
            }
        );

    /// <summary>In place of a creation that the command leaves out.</summary>
    public static PlannedStep SkippedCreate(Entry news) => new(StepKind.Same, news, null, () => Task.CompletedTask);

    /// <summary>
    /// Creates a resource; <paramref name="replaced"/> is what it takes the place of, to be deleted later or deleted
    /// already.
    /// </summary>
    public PlannedStep Create(Entry news, Entry? replaced = null, DiffAnswer? diff = null, bool deletesLater = false)
    {
        var kind = replaced is null ? StepKind.Create : StepKind.CreateReplacement;
        return new PlannedStep(
            kind,
            news,
            replaced,
            () =>
                TakeAsync(
                    kind,
                    "creating",
                    replaced,
                    news,
                    diff,
                    async () =>
                    {
                        var state = news.State;
                        var answer = state.Custom
                            ? await providers
                                .ManagerOf(state)
                                .CreateAsync(state.Urn, state.Inputs, state.Timeouts.Create, run.DryRun)
                            : new ResourceAnswer("", PropertyMap.Empty, null, false, null);
                        return new Outcome(
                            answer.Reasons,
                            () =>
                            {
                                news.State = Complete(state with { Id = answer.Id }, answer);
                                run.Checkpoint.Add(news);
                                if (replaced is null)
                                    return;
                                if (replaced.State.PendingReplacement)
                                    run.Checkpoint.Remove(replaced);

                                replaced.State = replaced.State with { Delete = replaced.State.Delete || deletesLater };
                            }
                        );
                    }
                )
        );
    }

    public PlannedStep Update(Entry old, Entry news, DiffAnswer diff) =>
        new(
            StepKind.Update,
            news,
            old,
            () =>
                TakeAsync(
                    StepKind.Update,
                    "updating",
                    old,
                    news,
                    diff,
                    async () =>
                    {
                        var state = news.State with { Id = old.State.Id };
                        var answer = state.Custom
                            ? await providers
                                .ManagerOf(state)
                                .UpdateAsync(
                                    state.Urn,
                                    old.State,
                                    state.Inputs,
                                    state.IgnoreChanges,
                                    state.Timeouts.Update,
                                    run.DryRun
                                )
                            : new ResourceAnswer("", old.State.Outputs, null, false, null);
                        return new Outcome(
                            answer.Reasons,
                            () =>
                            {
                                // A resource that is not ready after its update does not have its new inputs yet.
                                news.State = Complete(
                                    answer.Reasons is null ? state : state with { Inputs = old.State.Inputs },
                                    answer
                                );
                                PutInPlace(old, news);
                            }
                        );
                    }
                )
        );

    /// <summary>Deletes a resource: for good, or with <paramref name="isForReplacement"/> to be created anew.</summary>
    public PlannedStep Delete(Entry old, bool isReplaced, bool isForReplacement = false)
    {
        var kind = isReplaced ? StepKind.DeleteReplaced : StepKind.Delete;
        return new PlannedStep(
            kind,
            old,
            old,
            async () =>
            {
                if (old.State.Protect && !isReplaced)
                    throw RefuseToDelete(old);

                await TakeAsync(
                    kind,
                    "deleting",
                    old,
                    null,
                    null,
                    async () =>
                    {
                        if (!run.DryRun && CallsProvider(old.State))
                            await providers.ManagerOf(old.State).DeleteAsync(old.State);

                        return new Outcome(
                            null,
                            () =>
                            {
                                old.State = old.State with
                                {
                                    PendingReplacement = old.State.PendingReplacement || isForReplacement,
                                };
                                if (!old.State.PendingReplacement)
                                    run.Checkpoint.Remove(old);
                            }
                        );
                    }
                );
            }
        );
    }

    /// <summary>Forgets a resource that was deleted for a replacement which nobody wants any more.</summary>
    public PlannedStep Forget(Entry old) =>
        new(
            StepKind.Delete,
            old,
            old,
            () =>
            {
                run.Checkpoint.Change(() => run.Checkpoint.Remove(old));
                return Task.CompletedTask;
            }
        );

    /// <summary>Takes an existing resource into the state, by the id that the program or the user gave.</summary>
    public PlannedStep Import(Entry news, Entry? replaced, string id) =>
        new(
            StepKind.Import,
            news,
            null,
            () =>
                TakeAsync(
                    StepKind.Import,
                    "importing",
                    null,
                    news,
                    null,
                    async () =>
                    {
                        var state = news.State;
                        var answer = await providers
                            .ManagerOf(state)
                            .ReadAsync(state.Urn, id, inputs: null, outputs: null, state.Timeouts.Read);
                        if (answer.Id.Length == 0)
                        {
                            throw new ProviderFailure(
                                $"There is no {state.Urn.Type} " + $"'{id}'.",
                                isUnknown: false,
                                new InvalidDataException()
                            );
                        }

                        var inputs =
                            answer.Inputs
                            ?? throw new ProviderFailure(
                                $"The provider answered no inputs for '{id}': it does not support " + "importing.",
                                isUnknown: false,
                                new InvalidDataException()
                            );
                        return new Outcome(
                            null,
                            () =>
                            {
                                news.State = Complete(state with { Id = answer.Id, Inputs = inputs }, answer);
                                run.Checkpoint.Add(news);
                                if (replaced is not null)
                                    replaced.State = replaced.State with { Delete = true };
                            }
                        );
                    }
                )
        );

    /// <summary>What came of a call: why the resource is not ready, where it is not, and what is written
    /// down.</summary>
    private sealed record Outcome(IReadOnlyList<string>? Reasons, Action Edit);

    private async Task TakeAsync(
        StepKind kind,
        string operation,
        Entry? old,
        Entry? news,
        DiffAnswer? diff,
        Func<Task<Outcome>> act
    )
    {
        var subject = news ?? old!;
        run.Checkpoint.Begin(subject, operation);
        await run.AtStepAsync(StepPhase.Recorded, kind, subject.Urn);
        Outcome outcome;
        try
        {
            outcome = await act();
        }
        catch (ProviderFailure failure)
        {
            await run.AtStepAsync(StepPhase.Answered, kind, subject.Urn);
            run.Checkpoint.End(subject, null);
            throw Fail(kind, subject, old, diff, failure);
        }

        await run.AtStepAsync(StepPhase.Answered, kind, subject.Urn);
        run.Checkpoint.End(subject, outcome.Edit);
        if (news is not null)
            decisions.SetNew(news);

        if (outcome.Reasons is not { } reasons)
        {
            Record(kind, StepOutcome.Succeeded, subject, old?.State, news?.State, diff);
            return;
        }

        var message = string.Join("\n", reasons);
        Record(kind, StepOutcome.Partial, subject, old?.State, news?.State, diff, message);
        run.Report(subject.Urn, message);
        throw new StepFailedException(run.Options.ContinueOnError);
    }

    private StepFailedException Fail(
        StepKind kind,
        Entry subject,
        Entry? old,
        DiffAnswer? diff,
        ProviderFailure failure
    )
    {
        var outcome = failure.IsUnknown ? StepOutcome.FailedUnknown : StepOutcome.Failed;
        Record(kind, outcome, subject, old?.State, old?.State, diff, failure.Message);
        run.Report(subject.Urn, failure.Message);
        return new StepFailedException(run.Options.ContinueOnError);
    }

    /// <summary>All that is protected is reported in one run.</summary>
    private StepFailedException RefuseToDelete(Entry old)
    {
        var message =
            $"'{old.Urn.Name}' is protected and cannot be deleted: take its protect option away first, and "
            + "run up.";
        Record(StepKind.Delete, StepOutcome.Failed, old, old.State, old.State, null, message);
        run.Report(old.Urn, message);
        return new StepFailedException(goesOn: true);
    }

    private bool CallsProvider(ResourceState old) =>
        old is { Custom: true, RetainOnDelete: false }
        && !(old.DeletedWith is { } other && decisions.Deletes.Contains(new Urn(other)));

    private void PutInPlace(Entry old, Entry news)
    {
        run.Checkpoint.Remove(old);
        run.Checkpoint.Add(news);
    }

    /// <summary>The provider's answer, as the state keeps it.</summary>
    private static ResourceState Complete(ResourceState resource, ResourceAnswer answer) =>
        Protected(
            resource with
            {
                Outputs = answer.Outputs,
                InitErrors = [.. answer.Reasons ?? []],
                RefreshBeforeUpdate = answer.RefreshBeforeUpdate,
            }
        );

    private static ResourceState Protected(ResourceState resource) =>
        resource with
        {
            Outputs = PropertyValues.ProtectOutputs(
                resource.Outputs,
                resource.Inputs,
                resource.AdditionalSecretOutputs
            ),
        };

    /// <summary>Whether a resource that stayed the same is written down by itself.</summary>
    private static bool IsNoteworthy(ResourceState old, ResourceState news) =>
        (old.Urn, old.Provider, old.Parent, old.Timeouts, old.Protect, old.RetainOnDelete, old.DeletedWith)
            != (
                news.Urn,
                news.Provider,
                news.Parent,
                news.Timeouts,
                news.Protect,
                news.RetainOnDelete,
                news.DeletedWith
            )
        || !old.Inputs.Equals(news.Inputs)
        || !old.Outputs.Equals(news.Outputs)
        || !old.Dependencies.SetEquals(news.Dependencies)
        || !old.ReplaceWith.SequenceEqual(news.ReplaceWith)
        || old.ReplacementTrigger != news.ReplacementTrigger;

    private void Record(
        StepKind kind,
        StepOutcome outcome,
        Entry subject,
        ResourceState? old,
        ResourceState? news,
        DiffAnswer? diff = null,
        string? error = null
    )
    {
        if (!ProviderRegistry.IsDefault(subject.Urn) && subject.Urn.Type != Urn.StackType)
        {
            var changes = (diff ?? DiffAnswer.None).Changes;
            run.Log.Add(
                new StepRecord(kind, subject.Urn, outcome, changes)
                {
                    Old = old,
                    New = news,
                    Error = error,
                }
            );
        }
    }
}
