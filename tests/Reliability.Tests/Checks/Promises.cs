using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>All promises, checked again and again on what is new since the last time.</summary>
internal sealed class Promises(TestEnvironment environment, Echo echo, Func<IEnumerable<ProgramStack>> stacks)
{
    private readonly Secrecy _secrecy = new(environment);
    private readonly Losses _losses = new(environment);
    private int _submissionsChecked;
    private int _operationsChecked;

    public Echo Echo => echo;

    public void Check()
    {
        var submissions = Submission.Of(environment);
        var ended = environment.Operations.Skip(_operationsChecked).ToList();
        IReadOnlyList<ResourceState> links = [.. stacks().SelectMany(stack => stack.Links)];
        SubmissionRules.Check(environment, echo, submissions, _submissionsChecked);
        Answers.Check(environment, echo, submissions, ended);
        Ownership.Check(environment, echo, submissions, ended);
        Agreement.Check(environment, echo, links, ended);
        _losses.Check(
            links,
            stacks()
                .SelectMany(stack => stack.Program)
                .Where(declared => declared.Options.RetainOnDelete)
                .Select(declared => declared.Name)
                .ToHashSet()
        );
        _secrecy.Check(links, ended);
        _submissionsChecked = submissions.Count;
        _operationsChecked = environment.Operations.Count;
    }

    /// <summary>Notes that a link is about to be taken out of the state by hand.</summary>
    public void GiveUp(IEnumerable<ResourceState> links)
    {
        foreach (var link in links)
            _losses.GiveUp(link);
    }

    /// <summary>Checks what a run of a stack said.</summary>
    public void CheckRun(ProgramStack stack, RunResult run) =>
        Restarts.Check(environment, echo, stack, Submission.Of(environment), run);
}
