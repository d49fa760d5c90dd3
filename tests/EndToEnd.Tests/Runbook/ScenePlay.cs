using System.Globalization;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Runbook;

/// <summary>Plays a scene: runs its commands, follows its directions, and compares what is shown.</summary>
internal static class ScenePlay
{
    public static async Task PlayAsync(Scene scene)
    {
        await using var commands = await CommandLine.StartAsync();
        foreach (var act in scene.Acts)
        {
            await (
                act switch
                {
                    Act.Command command => RunAsync(commands, command),
                    Act.Direction direction => FollowAsync(commands, direction),
                    _ => throw new InvalidOperationException($"{act.Where}: an act is a command or a direction"),
                }
            );
        }
    }

    private static async Task RunAsync(CommandLine commands, Act.Command command)
    {
        var (succeeded, output) = await commands.RunAsync(command.Text);
        var where = $"docs/{command.Where}: {command.Text}\n{output}";

        Assert.True(
            command.Expected.Any(IsError) != succeeded,
            $"{(succeeded ? "should have failed" : "failed")}: {where}"
        );
        var missing = Excerpt.Missing(command.Expected, output);
        Assert.True(missing is null, $"not in the output: {missing}\n{where}");
    }

    private static async Task FollowAsync(CommandLine commands, Act.Direction direction)
    {
        switch (direction.Word)
        {
            case "program":
                commands.In(direction.Text);
                break;
            case "time limit":
                commands.Limit(direction.Text);
                break;
            case "console":
                ActAtConsole(commands.Cloud.Cloud, direction.Text.Split(' '));
                break;
            case "before":
                var (succeeded, output) = await commands.RunAsync(direction.Text);
                Assert.True(succeeded, output);
                break;
            case "broken off":
                Assert.False((await commands.RunAsync(direction.Text, interruptAt: "start_standby: job")).Succeeded);
                break;
            default:
                throw new InvalidOperationException($"docs/{direction.Where}: no such direction");
        }
    }

    /// <summary>What is done at the console is done before the next command looks, however soon that is.</summary>
    private static JobPlan AtOnce => new() { Duration = TimeSpan.Zero };

    private static void ActAtConsole(SimulatedCloud cloud, string[] words)
    {
        switch (words)
        {
            case ["promote", var cluster]:
                cloud.PlanJobs(AtOnce);
                cloud.PromoteByConsole(cluster);
                break;
            case ["stop", var cluster]:
                cloud.PlanJobs(AtOnce);
                cloud.StopByConsole(cluster);
                break;
            case ["lag", var cluster]:
                cloud.SetLagging(cluster);
                break;
            case ["catch-up", var cluster]:
                cloud.SetLagging(cluster, lagging: false);
                break;
            case ["slow", var service, var seconds]:
                cloud.SetDuration(
                    service,
                    TimeSpan.FromSeconds(int.Parse(seconds.TrimEnd('s'), CultureInfo.InvariantCulture))
                );
                break;
            default:
                throw new InvalidOperationException($"nobody does '{string.Join(' ', words)}' at the console");
        }
    }

    private static bool IsError(string line) => line.StartsWith("error:", StringComparison.Ordinal);
}
