using System.Diagnostics;
using QingCloudMySqlStandby.Engine.Plugins;
using QingCloudMySqlStandby.TestPlugin;

namespace QingCloudMySqlStandby.Engine.Tests;

/// <summary>Plugins that are processes of their own.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TestStack _stack = new TestStack().Thing("{ name: a }");

    public void Dispose() => _stack.Dispose();

    [Fact]
    public async Task Each_command_starts_a_process_and_ends_it()
    {
        var preview = await Engine().PreviewAsync();
        var up = await Engine().UpAsync();

        Assert.True(up.Succeeded, _stack.Output.ToString());
        Assert.Equal((0, 0), (Assert.Single(preview.Plugins).ExitCode, Assert.Single(up.Plugins).ExitCode));
        Assert.NotEqual(preview.Plugins[0].ProcessId, up.Plugins[0].ProcessId);
        Assert.Contains(up.Statuses, status => status.Message == "creating");
    }

    [Fact]
    public async Task A_bad_end_is_reported_over_a_good_update()
    {
        var result = await Engine("end badly").UpAsync();

        Assert.False(result.Succeeded);
        Assert.Contains("exited prematurely, with code 3", Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.NotNull(result.State.Find("thing"));
    }

    /// <summary>So it is when pulumi itself was started in the background by a shell.</summary>
    [Fact]
    public async Task A_plugin_that_inherits_an_ignored_SIGINT_ends_on_it_anyway()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no signals.");
            return;
        }

        var script = Path.Combine(_stack.Options.Directory, "pulumi-resource-test");
        await File.WriteAllTextAsync(
            script,
            $"#!/bin/sh\ntrap '' INT\nexec '{Path.Combine(AppContext.BaseDirectory, "pulumi-resource-test")}' \"$@\"\n",
            TestContext.Current.CancellationToken
        );
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var options = Options(fault: null) with { PluginPaths = new Dictionary<string, string> { ["test"] = script } };

        var result = await new Stack(options).UpAsync();

        Assert.True(result.Succeeded, _stack.Output.ToString());
        Assert.Equal(0, Assert.Single(result.Plugins).ExitCode);
    }

    [Fact]
    public async Task What_is_no_port_is_reported()
    {
        var result = await Engine("talk").UpAsync();

        Assert.False(result.Succeeded);
        Assert.Contains("Hello", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_is_killed_fails_its_operation()
    {
        var result = await Engine()
            .UpAsync(
                new RunOptions
                {
                    AtStep = point =>
                    {
                        point.Plugins[0].Kill();
                        return point.Plugins[0].WaitForExitAsync(TestContext.Current.CancellationToken);
                    },
                }
            );

        Assert.False(result.Succeeded);
        Assert.Equal(StepOutcome.Failed, Assert.Single(result.Steps).Outcome);
        Assert.Empty(_stack.Engine.ReadState().PendingOperations);
    }

    [Fact]
    public async Task A_plugin_ends_by_itself_when_the_engine_is_killed()
    {
        var result = await Engine().UpAsync(new RunOptions { AtStep = _ => throw new EngineCrashException() });

        await Assert.Single(result.Plugins).WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, result.Plugins[0].ExitCode);
    }

    [Fact]
    public async Task Ctrl_C_at_the_command_saves_what_the_provider_answers()
    {
        var options = Options("wait");
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "engine"),
            [
                "up",
                "--skip-preview",
                "--cwd",
                options.Directory,
                "--state",
                options.StateFile!,
                "--plugin",
                $"test={AppContext.BaseDirectory}",
            ]
        )
        {
            RedirectStandardOutput = true,
            Environment = { ["TEST_PLUGIN"] = "wait", ["PULUMI_CONFIG_PASSPHRASE"] = options.Passphrase },
        };
        using var process = Process.Start(start)!;
        await ReadUntilAsync(process.StandardOutput, "thing: creating");

        Assert.True(Signals.InterruptProcess(process.Id));
        var rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("was cancelled", rest, StringComparison.Ordinal);
        Assert.Equal("t-1", _stack.Engine.ReadState().Find("thing")!.Id);
    }

    private static async Task ReadUntilAsync(StreamReader reader, string text)
    {
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"The output ended without '{text}'.");
    }

    private Stack Engine(string? fault = null) => new(Options(fault));

    private StackOptions Options(string? fault) =>
        _stack.Options with
        {
            HostedPlugins = new Dictionary<string, Func<IEngineLog, IProvider>>(),
            PluginPaths = new Dictionary<string, string> { ["test"] = AppContext.BaseDirectory },
            PluginEnvironment = new Dictionary<string, string?> { ["TEST_PLUGIN"] = fault },
        };
}
