using QingCloudMySqlStandby.Driver.Published;
using QingCloudMySqlStandby.Link.Schema;

namespace QingCloudMySqlStandby.Driver.Cli;

/// <summary>Pulumi's commands on a YAML program, as far as the demonstration and the runbook use them.</summary>
/// <param name="directory">The folder of Pulumi.yaml.</param>
/// <param name="stateFile">Where the state is kept.</param>
/// <param name="configuration">Configured values, <c>name</c> of the project or <c>package:name</c>; secrets are
/// marked.</param>
/// <param name="plugin">The plugin's executable; null: the one that Pulumi.yaml names.</param>
/// <param name="output">Where the run is shown.</param>
/// <param name="environment">Changes of the plugin's environment; null removes a variable.</param>
internal sealed class Command(
    string directory,
    string stateFile,
    PropertyMap configuration,
    string? plugin,
    TextWriter output,
    IReadOnlyDictionary<string, string?>? environment = null
)
{
    /// <summary>Runs a command.</summary>
    /// <param name="words">The command and its options, as on Pulumi's command line.</param>
    /// <param name="interrupt">The Ctrl-C.</param>
    /// <returns>Whether it succeeded.</returns>
    public async Task<bool> RunAsync(IReadOnlyList<string> words, CancellationToken interrupt)
    {
        if (words is ["stack", "output", ..])
            return ShowOutputs();

        var project = new ProjectFile(directory);
        var executable = plugin ?? project.Plugin ?? throw new DriverException("Pulumi.yaml names no plugin.");
        var stack = new Stack(new PublishedPlugin(executable, environment), project: project.Name)
        {
            Program = project.Program(configuration),
            Configuration = ConfigurationOf(Names.Package),
            State = State,
        };
        var options = new RunOptions
        {
            Refresh = project.RefreshesAlways || words.Contains("--refresh"),
            RunProgram = words.Contains("--run-program"),
            Interrupt = interrupt,
        };
        var succeeded = await RunAsync(stack, words, options);
        File.WriteAllText(stateFile, StateFile.Write(stack.State));
        return succeeded;
    }

    private StackState State => File.Exists(stateFile) ? StateFile.Read(File.ReadAllText(stateFile)) : StackState.Empty;

    private async Task<bool> RunAsync(Stack stack, IReadOnlyList<string> words, RunOptions options) =>
        words[0] switch
        {
            "preview" => await ShowAsync(stack, words, true, () => stack.PreviewAsync(options)),
            "up" => (words.Contains("--skip-preview") || await RunAsync(stack, ["preview"], options))
                && await ShowAsync(stack, words, false, () => stack.UpAsync(options)),
            "refresh" => await ShowAsync(stack, words, false, () => stack.RefreshAsync(options)),
            "destroy" => await ShowAsync(stack, words, false, () => stack.DestroyAsync(options)),
            "import" => await ShowAsync(
                stack,
                words,
                false,
                () => stack.ImportAsync(words[2], words[3], words[1], options: options)
            ),
            _ => throw new DriverException($"The driver does not have the command '{words[0]}'."),
        };

    private async Task<bool> ShowAsync(
        Stack stack,
        IReadOnlyList<string> words,
        bool isPreview,
        Func<Task<RunResult>> run
    )
    {
        var screen = new Screen(output);
        stack.Observer = screen;
        output.WriteLine($"{words[0]} {stack.Project} ({stack.Name})");
        var result = await run();
        screen.ShowSummary(words[0], isPreview, result);
        if (!result.HasChanges || !words.Contains("--expect-no-changes"))
            return result.Succeeded;

        screen.Show(new Message(Severity.Error, "", "No changes were expected, but there are some."));
        return false;
    }

    private bool ShowOutputs()
    {
        output.WriteLine(Screen.Text(PropertyValue.Of(State.Outputs)));
        return true;
    }

    private PropertyMap ConfigurationOf(string package) =>
        PropertyMap.From(
            configuration
                .Where(entry => entry.Key.StartsWith(package + ":", StringComparison.Ordinal))
                .Select(entry => KeyValuePair.Create(entry.Key[(package.Length + 1)..], entry.Value))
        );
}
