using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Driver.Simulation;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Documentation;

/// <summary>A failover shows with every command that the documents name for a look, each time, until the program accepts
/// it. The documents' programs have <c>options: refresh: always</c>.</summary>
public sealed partial class LookTests
{
    /// <summary>What changes only how a command shows its result.</summary>
    private static readonly string[] OfDisplay = ["--diff", "--json", "--yes", "--expect-no-changes"];

    public static TheoryData<string> Commands =>
        [
            .. Pages()
                .SelectMany(page => Look().Matches(File.ReadAllText(page)))
                .Select(look => look.Value)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    [Fact]
    public void The_documents_name_commands()
    {
        Assert.Contains("pulumi preview", Commands.Select(row => row.Data));
        Assert.Contains("pulumi refresh --run-program", Commands.Select(row => row.Data));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_promotion_at_the_console_shows_each_time(string command)
    {
        using var world = new World(seed: 1);
        world.Run(async () =>
        {
            var stack = world.NewStack("dev", World.Link("orders-dr"));
            Assert.True((await stack.UpAsync()).Succeeded);
            var promotion = world.Cloud.PromoteByConsole(World.Standby).Id;
            await world.PassAsync(TimeSpan.FromHours(1));
            for (var look = 0; look < 3; look++)
                Assert.Contains(promotion, await LookAsync(stack, command), StringComparison.Ordinal);

            stack.Program = StackProgram.Of(World.Link("orders-dr", World.LinkInputs.With("promoted", true)));
            Assert.True((await stack.UpAsync()).Succeeded);
            Assert.Empty((await stack.RefreshAsync()).Warnings);
        });
    }

    [Fact]
    public void Each_example_with_a_link_looks_at_it_first()
    {
        var programs = Directory
            .EnumerateFiles(Repository.PathOf("examples"), "Pulumi.yaml", SearchOption.AllDirectories)
            .Where(program => !Path.GetDirectoryName(program)!.EndsWith("-gate", StringComparison.Ordinal))
            .ToList();

        Assert.InRange(programs.Count, 10, 20);
        Assert.All(
            programs,
            program => Assert.Contains("\n  refresh: always\n", File.ReadAllText(program), StringComparison.Ordinal)
        );
    }

    /// <returns>The warnings and errors.</returns>
    private static async Task<string> LookAsync(Stack stack, string command)
    {
        var words = command.Split(' ');
        var options = words
            .Skip(2)
            .Except(OfDisplay)
            .Aggregate(
                new RunOptions { Refresh = words[1] != "refresh" },
                (options, flag) =>
                    flag switch
                    {
                        "--refresh" => options with { Refresh = true },
                        "--run-program" => options with { RunProgram = true },
                        "--clear-pending-creates" => options with { ClearPendingCreates = true },
                        _ => throw new NotSupportedException($"{command}: this test does not know {flag}."),
                    }
            );
        var result = words[1] switch
        {
            "preview" => await stack.PreviewAsync(options),
            "refresh" => await stack.RefreshAsync(options),
            _ => await stack.UpAsync(options),
        };
        return string.Join('\n', [.. result.Warnings, .. result.Errors]);
    }

    private static IEnumerable<string> Pages() =>
        Directory
            .EnumerateFiles(Repository.PathOf("docs"), "*.md")
            .Append(Repository.PathOf("README.md"))
            .Concat(Directory.EnumerateFiles(Repository.PathOf("examples"), "README.md", SearchOption.AllDirectories));

    [GeneratedRegex("pulumi (preview|refresh|up)( --[a-z]+[a-z-]*)*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Look();
}
