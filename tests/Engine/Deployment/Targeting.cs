using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>What a command leaves out: what is no target. It is neither checked nor compared, and stays as it
/// is.</summary>
internal sealed class Targeting(Run run, Decisions decisions, Steps steps)
{
    private readonly Targets _targets = new(run.Options.Targets);
    private readonly List<PlannedStep> _queued = [];
    private readonly HashSet<Urn> _seen = [];

    /// <summary>Providers and the stack itself always take part.</summary>
    public bool IsIncluded(ResourceState resource) =>
        resource.IsProvider || resource.Urn.Type == Urn.StackType || !_targets.IsConstrained || IsTarget(resource);

    /// <summary>Remembers that dependents of a resource are targets too.</summary>
    public void Note(ResourceState resource)
    {
        if (IsTarget(resource))
            _targets.Add(resource.Urn);
    }

    /// <summary>A resource that is left out, after those of the old state that it needs and that the program has not
    /// come to.</summary>
    public IReadOnlyList<PlannedStep> KeepAsItIs(Entry news, Entry old)
    {
        var chain = new List<PlannedStep>();
        foreach (var urn in Needs(old.State))
            KeepIfUnseen(urn, chain);

        decisions.Sames.Add(news.Urn);
        decisions.Sames.Add(old.Urn);
        news.State = old.State;
        return [.. chain, steps.Same(old, news, isUntargeted: true)];
    }

    /// <summary>Has what a resource needs and the program does not register written down before it.</summary>
    public void QueueDependencies(ResourceState resource)
    {
        if (_targets.IsConstrained)
        {
            foreach (var urn in Needs(resource))
                Queue(urn);
        }
    }

    public void Queue(Urn urn) => KeepIfUnseen(urn, _queued);

    public IReadOnlyList<PlannedStep> TakeQueued()
    {
        PlannedStep[] queued = [.. _queued];
        _queued.Clear();
        foreach (var step in queued)
            decisions.Sames.Add(step.Subject.Urn);

        return queued;
    }

    /// <summary>What is created or changed may not need what was not created because it is no target.</summary>
    public void RefuseSkippedDependencies(IReadOnlyList<PlannedStep> chain)
    {
        if (!_targets.IsConstrained && !run.ReplaceTargets.IsConstrained)
            return;

        foreach (var step in chain.Where(step => !decisions.SkippedCreates.Contains(step.Subject.Urn)))
        {
            foreach (var urn in Needs(step.Subject.State).Where(decisions.SkippedCreates.Contains).ToList())
            {
                run.Report(
                    step.Subject.Urn,
                    $"'{step.Subject.Urn.Name}' depends on '{urn.Name}', which is not created "
                        + "because it is no target."
                );
                if (!run.DryRun)
                    throw run.Stop();

                decisions.SkippedCreates.Remove(urn);
            }
        }
    }

    private void KeepIfUnseen(Urn urn, List<PlannedStep> chain)
    {
        if (decisions.HasStep(urn) || run.Checkpoint.Find(urn) is not { } old || !_seen.Add(urn))
            return;

        foreach (var needed in Needs(old.State))
            KeepIfUnseen(needed, chain);

        decisions.Sames.Add(urn);
        decisions.Registered.Add(urn);
        chain.Add(steps.Same(old, new Entry(old.State), isUntargeted: true));
    }

    private bool IsTarget(ResourceState resource) =>
        _targets.IsConstrained
        && (
            _targets.Contains(resource.Urn) || (run.Options.TargetDependents && Needs(resource).Any(_targets.Contains))
        );

    private static IEnumerable<Urn> Needs(ResourceState resource) =>
        resource.AllDependencies.Select(urn => new Urn(urn)).Concat(resource.Parent is { } parent ? [parent] : []);
}
