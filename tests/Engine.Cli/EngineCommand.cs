using System.CommandLine;

namespace QingCloudMySqlStandby.Engine.Cli;

/// <summary>The command: Pulumi's commands and options, as far as this engine has them.</summary>
internal sealed class EngineCommand : RootCommand
{
    private readonly StackArguments _stack = new();
    private readonly Interrupts _interrupts;
    private readonly Option<bool> _refresh = new("--refresh", "-r") { Description = "Read every resource first." };
    private readonly Option<bool> _previewOnly = new("--preview-only") { Description = "Only say what would happen." };
    private readonly Option<bool> _skipPreview = new("--skip-preview", "-f") { Description = "Do not preview first." };
    private readonly Option<bool> _noChanges = new("--expect-no-changes") { Description = "Fail when anything changes." };
    private readonly Option<bool> _clear = new("--clear-pending-creates") { Description = "Forget interrupted creations." };
    private readonly Option<bool> _showSecrets = new("--show-secrets") { Description = "Show secrets." };
    private readonly Option<bool> _protect = new("--protect") { Description = "Protect it.", DefaultValueFactory = _ => true };
    private readonly Argument<string> _type = new("TYPE") { Description = "The resource's type token." };
    private readonly Argument<string> _name = new("NAME") { Description = "Its name in the program." };
    private readonly Argument<string> _id = new("ID") { Description = "Its import id." };

    public EngineCommand(Interrupts interrupts)
        : base("A small Pulumi engine for tests and demonstrations. Its state is no Pulumi state.")
    {
        _interrupts = interrupts;
        foreach (var option in _stack.All)
        {
            Options.Add(option);
        }

        Options.Add(new Option<bool>("--yes", "-y") { Description = "Accepted and ignored: nothing is asked.", Recursive = true });
        AddRun("preview", "Say what up would do.", [_refresh, _noChanges], (stack, run, _) => stack.PreviewAsync(run));
        AddRun("up", "Make the resources what the program wants.", [_refresh, _noChanges, _skipPreview], UpAsync);
        AddRun("refresh", "Bring the state up to date with what there is.", [_previewOnly, _noChanges, _clear], (stack, run, _) => stack.RefreshAsync(run));
        AddRun("destroy", "Delete everything.", [_refresh, _previewOnly], (stack, run, _) => stack.DestroyAsync(run));
        AddImport();
        AddList();
        AddLook("cancel", "Forget what a crash left pending.", [], (stack, _) => stack.Cancel());
        AddLook("stack", "Show the stack's resources.", [], (stack, _) => StateText.WriteResources(stack.ReadState(), Console.Out));
        AddLook(
            "outputs",
            "Show the stack's outputs, as JSON.",
            [_showSecrets],
            (stack, arguments) => StateText.WriteOutputs(stack.ReadState(), arguments.GetValue(_showSecrets), Console.Out));
    }

    private async Task<RunResult> UpAsync(Stack stack, RunOptions run, ParseResult arguments)
    {
        if (!arguments.GetValue(_skipPreview))
        {
            var preview = await stack.PreviewAsync(run);
            if (!preview.Succeeded)
            {
                return preview;
            }
        }

        return await stack.UpAsync(run);
    }

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
            run);
        if (result.Snippet is { } snippet)
        {
            await Console.Out.WriteAsync($"Add this to the program:\n\n{snippet}");
        }

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
        {
            await Console.Out.WriteLineAsync($"{id}\t{name}");
        }

        return result;
    }

    private Command AddRun(
        string name, string description, IEnumerable<Option> options, Func<Stack, RunOptions, ParseResult, Task<RunResult>> action)
    {
        var command = Add(name, description, options);
        command.SetAction((arguments, _) => GuardAsync(async () =>
        {
            var result = await action(new Stack(_stack.Read(arguments, Console.Out)), Read(arguments), arguments);
            return result.Succeeded ? 0 : 1;
        }));
        return command;
    }

    private void AddLook(string name, string description, IEnumerable<Option> options, Action<Stack, ParseResult> action) =>
        Add(name, description, options).SetAction((arguments, _) => GuardAsync(() =>
        {
            action(new Stack(_stack.Read(arguments, Console.Out)), arguments);
            return Task.FromResult(0);
        }));

    private Command Add(string name, string description, IEnumerable<Option> options)
    {
        var command = new Command(name, description);
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        Subcommands.Add(command);
        return command;
    }

    private RunOptions Read(ParseResult arguments) => new()
    {
        Refresh = arguments.GetValue(_refresh),
        PreviewOnly = arguments.GetValue(_previewOnly),
        ExpectNoChanges = arguments.GetValue(_noChanges),
        ClearPendingCreates = arguments.GetValue(_clear),
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
