using System.CommandLine;

namespace QingCloudMySqlStandby.Engine.Cli;

/// <summary>The command: Pulumi's commands and options, as far as this engine has them.</summary>
internal sealed class EngineCommand : RootCommand
{
    private readonly StackArguments _stack = new();
    private readonly Interrupts _interrupts;
    private readonly Option<bool> _continue = new("--continue-on-error")
    {
        Description = "Go on with what does not depend on what failed.",
    };
    private readonly Option<bool> _runProgram = new("--run-program")
    {
        Description = "Run the program, for its providers' sake.",
    };
    private readonly Option<bool> _dependents = new("--target-dependents")
    {
        Description = "Take in what depends on a target.",
    };
    private readonly Option<string[]> _targets = new("--target", "-t")
    {
        Description = "The URN of a resource to look at alone; may be repeated.",
    };
    private readonly Option<string[]> _replace = new("--replace")
    {
        Description = "The URN of a resource to replace; may be repeated.",
    };
    private readonly Option<bool?> _refresh = new("--refresh", "-r") { Description = "Read every resource first." };
    private readonly Option<bool> _previewOnly = new("--preview-only") { Description = "Only say what would happen." };
    private readonly Option<bool> _skipPreview = new("--skip-preview", "-f") { Description = "Do not preview first." };
    private readonly Option<bool> _noChanges = new("--expect-no-changes")
    {
        Description = "Fail when anything changes.",
    };
    private readonly Option<bool> _clear = new("--clear-pending-creates")
    {
        Description = "Forget interrupted creations.",
    };
    private readonly Option<bool> _showSecrets = new("--show-secrets") { Description = "Show secrets." };
    private readonly Option<bool> _protect = new("--protect")
    {
        Description = "Protect it.",
        DefaultValueFactory = _ => true,
    };
    private readonly Argument<string> _type = new("TYPE") { Description = "The resource's type token." };
    private readonly Argument<string> _name = new("NAME") { Description = "Its name in the program." };
    private readonly Argument<string> _id = new("ID") { Description = "Its import id." };

    public EngineCommand(Interrupts interrupts)
        : base("A small Pulumi engine for tests and demonstrations. Its state is no Pulumi state.")
    {
        _interrupts = interrupts;
        foreach (var option in _stack.All)
            Options.Add(option);

        Options.Add(
            new Option<bool>("--yes", "-y")
            {
                Description = "Accepted and ignored: nothing is asked.",
                Recursive = true,
            }
        );
        Option[] ups = [_refresh, _noChanges, _continue, _targets, _dependents, _replace];
        AddRun("preview", "Say what up would do.", ups, (stack, run, _) => stack.PreviewAsync(run));
        AddRun("up", "Make the resources what the program wants.", [.. ups, _skipPreview], UpAsync);
        AddRun(
            "refresh",
            "Bring the state up to date with what there is.",
            [_previewOnly, _skipPreview, _noChanges, _clear, _targets, _dependents],
            (stack, run, _) => stack.RefreshAsync(run)
        );
        AddRun(
            "destroy",
            "Delete everything.",
            [_refresh, _previewOnly, _skipPreview, _continue, _runProgram, _targets, _dependents],
            (stack, run, _) => stack.DestroyAsync(run)
        );
        AddImport();
        AddList();
        AddLook("cancel", "Let runs begin again after one that was killed.", [], (stack, _) => stack.Cancel());
        AddEdit("taint", "Have the next run replace a resource.", (stack, name) => stack.Taint(name));
        AddEdit("unprotect", "Let a resource be deleted.", (stack, name) => stack.Unprotect(name));
        AddLook(
            "stack",
            "Show the stack's resources.",
            [],
            (stack, _) => StateText.WriteResources(stack.ReadState(), Console.Out)
        );
        AddLook(
            "outputs",
            "Show the stack's outputs, as JSON.",
            [_showSecrets],
            (stack, arguments) =>
                StateText.WriteOutputs(stack.ReadState(), arguments.GetValue(_showSecrets), Console.Out)
        );
    }

    private Task<RunResult> UpAsync(Stack stack, RunOptions run, ParseResult arguments) =>
        stack.UpAsync(run with { PreviewFirst = !arguments.GetValue(_skipPreview) });

    private void AddImport()
    {
        var command = AddRun("import", "Take an existing resource into the state.", [_protect], ImportAsync);
        command.Arguments.Add(_type);
        command.Arguments.Add(_name);
        command.Arguments.Add(_id);
    }

    private async Task<RunResult> ImportAsync(Stack stack, RunOptions run, ParseResult arguments)
    {
        var result = await stack.ImportAsync(
            arguments.GetRequiredValue(_type),
            arguments.GetRequiredValue(_name),
            arguments.GetRequiredValue(_id),
            arguments.GetValue(_protect),
            run
        );
        if (result.Snippet is { } snippet)
            await Console.Out.WriteAsync($"Add this to the program:\n\n{snippet}");

        return result;
    }

    private void AddList()
    {
        var command = AddRun("list", "List the existing resources of a type.", [], ListAsync);
        command.Arguments.Add(_type);
    }

    private async Task<RunResult> ListAsync(Stack stack, RunOptions run, ParseResult arguments)
    {
        var result = await stack.ListAsync(arguments.GetRequiredValue(_type), run: run);
        foreach (var (id, name) in result.Listed)
            await Console.Out.WriteLineAsync($"{id}\t{name}");

        return result;
    }

    private void AddEdit(string name, string description, Action<Stack, string> edit)
    {
        var command = AddLook(
            name,
            description,
            [],
            (stack, arguments) => edit(stack, arguments.GetRequiredValue(_name))
        );
        command.Arguments.Add(_name);
    }

    private Command AddRun(
        string name,
        string description,
        IEnumerable<Option> options,
        Func<Stack, RunOptions, ParseResult, Task<RunResult>> action
    )
    {
        var command = Add(name, description, options);
        command.SetAction(
            (arguments, _) =>
                GuardAsync(async () =>
                {
                    var result = await action(
                        new Stack(_stack.Read(arguments, Console.Out)),
                        Read(arguments),
                        arguments
                    );
                    return result.Succeeded ? 0 : 1;
                })
        );
        return command;
    }

    private Command AddLook(
        string name,
        string description,
        IEnumerable<Option> options,
        Action<Stack, ParseResult> action
    )
    {
        var command = Add(name, description, options);
        command.SetAction(
            (arguments, _) =>
                GuardAsync(() =>
                {
                    action(new Stack(_stack.Read(arguments, Console.Out)), arguments);
                    return Task.FromResult(0);
                })
        );
        return command;
    }

    private Command Add(string name, string description, IEnumerable<Option> options)
    {
        var command = new Command(name, description);
        foreach (var option in options)
            command.Options.Add(option);

        Subcommands.Add(command);
        return command;
    }

    private RunOptions Read(ParseResult arguments) =>
        new()
        {
            Refresh = arguments.GetValue(_refresh),
            PreviewOnly = arguments.GetValue(_previewOnly),
            ExpectNoChanges = arguments.GetValue(_noChanges),
            ClearPendingCreates = arguments.GetValue(_clear),
            ContinueOnError = arguments.GetValue(_continue),
            RunProgram = arguments.GetValue(_runProgram),
            TargetDependents = arguments.GetValue(_dependents),
            Targets = arguments.GetValue(_targets) ?? [],
            Replace = arguments.GetValue(_replace) ?? [],
            Interrupt = _interrupts.First,
            Kill = _interrupts.Second,
        };

    private static async Task<int> GuardAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (EngineException exception)
        {
            await Console.Error.WriteLineAsync($"error: {exception.Message}");
            return 2;
        }
    }
}
