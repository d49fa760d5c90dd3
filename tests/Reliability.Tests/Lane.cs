using System.Collections.Immutable;
using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Reliability.Tests.Scripts;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>A stack of a history, with its program as it stands.</summary>
internal sealed class Lane(ProgramStack stack)
{
    public ProgramStack Stack => stack;

    public ImmutableSortedDictionary<string, Declaration> Program { get; set; } =
        ImmutableSortedDictionary.Create<string, Declaration>(StringComparer.Ordinal);

    public void Rename(string from, string to, bool alias)
    {
        if (Program.TryGetValue(from, out var renamed))
            Program = Program.Remove(from).SetItem(to, renamed.WithOption("alias", alias ? from : "none"));
    }

    /// <summary>Has the next run replace a resource, where the stack has it.</summary>
    public void Taint(string resource)
    {
        if (stack.State.Find(resource) is not null)
            stack.Engine.Taint(resource);
    }

    /// <summary>Takes protection away from everything, in the program and in the state.</summary>
    public void Unprotect()
    {
        Program = Program.ToImmutableSortedDictionary(
            declared => declared.Key,
            declared => declared.Value.WithOption("protect", "none"),
            StringComparer.Ordinal
        );
        foreach (var link in stack.Links.Where(link => link is { Protect: true, Delete: false }).ToList())
            stack.Engine.Unprotect(link.Urn.Value);
    }

    /// <summary>Removes a resource from the state, as <c>state delete</c> does: what waits for its deletion first.
    /// Returns what was removed.</summary>
    public IReadOnlyList<ResourceState> Forget(string name)
    {
        string?[] names = [name, Program.GetValueOrDefault(name)?.Options.GetValueOrDefault("alias")];
        var urns = names.OfType<string>().Select(stack.UrnOf).ToList();
        var known = stack.Links.Where(link => urns.Contains(link.Urn.Value)).ToList();
        var isReplaced = known.Exists(link => link.Delete);
        stack.Engine.Edit(state =>
            state with
            {
                Resources = state.Resources.RemoveAll(each => known.Contains(each) && each.Delete == isReplaced),
            }
        );
        return known.FindAll(link => link.Delete == isReplaced);
    }

    /// <summary>Lets creations take as long as they do.</summary>
    public void LiftTimeLimits() =>
        Program = Program.ToImmutableSortedDictionary(
            declared => declared.Key,
            declared => declared.Value.WithOption("limit", "none"),
            StringComparer.Ordinal
        );

    public Task<RunResult> RunAsync(Step.Command command)
    {
        var interference = new Interference { CancelAfter = command.CancelAfter, Kill = command.Kill };
        var options = new RunOptions
        {
            Replace = UrnsOf(command.Kind == CommandKind.Import ? null : command.Resource),
            Targets = UrnsOf(command.Target),
            Refresh = command.Refresh,
            RunProgram = command.RunProgram,
            ContinueOnError = command.GoesOn,
        };
        stack.Program = Declaration.ProgramOf(Program);
        stack.GoesOnAfterFailures = command.GoesOn;
        return command.Kind switch
        {
            CommandKind.Refresh => stack.RefreshAsync(options, interference),
            CommandKind.Destroy => stack.DestroyAsync(options, interference),
            CommandKind.Import => stack.ImportAsync(
                command.Resource!,
                Declaration.ClusterId(command.Cluster!),
                interference
            ),
            CommandKind.Preview => stack.PreviewAsync(options, interference),
            _ => stack.UpAsync(options, interference),
        };
    }

    private string[] UrnsOf(string? name) => name is null ? [] : [stack.UrnOf(name)];
}
