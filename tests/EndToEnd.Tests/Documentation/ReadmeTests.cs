using System.Diagnostics;
using System.Text.RegularExpressions;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Documentation;

/// <summary>README.md: what it says to type works as it is printed, and the messages that it explains are those of the
/// provider.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private const string Trying = "Trying it without an account";
    private const string PrintedAddress = "127.0.0.1:8080";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("readme-");

    private static MarkdownPage Readme => MarkdownPage.Read("README.md");

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>All lines of the section, with Pulumi. Only the port is another one, and the jobs are shorter.</summary>
    [Fact]
    public async Task The_lines_for_trying_it_run_as_printed()
    {
        Assert.SkipUnless(
            Repository.IsOnPath("pulumi") && Repository.IsOnPath("pulumi-language-yaml"),
            "pulumi is not on the PATH"
        );
        Assert.SkipUnless(Repository.IsOnPath("curl"), "curl is not on the PATH");
        var blocks = Readme.BlocksOf(Trying).Select(block => string.Join('\n', block.Lines)).ToList();
        Assert.Equal(4, blocks.Count);
        using var simulator = Bash(blocks[0], new() { ["PORT"] = "0", ["ARGS"] = "--job-duration 50ms" });
        try
        {
            var address = await AddressAsync(simulator, blocks[1]);
            var script = string.Join('\n', blocks.Skip(1)).Replace(PrintedAddress, address, StringComparison.Ordinal);
            using var user = Bash(
                script,
                new()
                {
                    ["PULUMI_HOME"] = _directory.CreateSubdirectory("home").FullName,
                    ["TMPDIR"] = _directory.FullName,
                    ["PULUMI_SKIP_UPDATE_CHECK"] = "true",
                    ["PULUMI_SKIP_CONFIRMATIONS"] = "true",
                }
            );
            var errors = user.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await user.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await user.WaitForExitAsync(TestContext.Current.CancellationToken);
            var shown = output + await errors;

            Assert.Matches("state *: \"replicating\"", shown);
            Assert.Contains("The standby cl-ouhutv70 was failed over", shown, StringComparison.Ordinal);
            Assert.NotEqual(0, user.ExitCode);
        }
        finally
        {
            simulator.Kill(entireProcessTree: true);
            await simulator.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The same program and configuration without Pulumi.</summary>
    [Fact]
    public async Task The_printed_program_comes_up_and_its_failover_is_refused()
    {
        var lines = Readme.BlocksOf(Trying)[1].Lines;
        var program = lines.SkipWhile(line => !line.StartsWith("cat >Pulumi.yaml", StringComparison.Ordinal)).Skip(1);
        await File.WriteAllLinesAsync(
            Path.Combine(_directory.FullName, "Pulumi.yaml"),
            program.TakeWhile(line => line != "END"),
            TestContext.Current.CancellationToken
        );
        await using var cloud = await OrdersCloud.StartAsync();
        var printed = lines
            .Select(line =>
                ConfigSet().Match(line.Replace(PrintedAddress, cloud.Endpoint.Authority, StringComparison.Ordinal))
            )
            .Where(match => match.Success)
            .Select(match => (Key: match.Groups["key"].Value, Value: PropertyValue.Of(match.Groups["value"].Value)));
        var configuration = PropertyMap.From(
            printed.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.AsSecret()))
        );
        Assert.Equal(4, configuration.Count);
        await using var output = new StringWriter();
        var driver = new Driver.Cli.Command(
            _directory.FullName,
            Path.Combine(_directory.FullName, "state.json"),
            configuration,
            Repository.Plugin,
            output
        );

        Assert.True(await driver.RunAsync(["up"], TestContext.Current.CancellationToken), output.ToString());
        cloud.Cloud.PlanJobs(new JobPlan { Duration = TimeSpan.Zero });
        cloud.Cloud.PromoteByConsole(OrdersCloud.Standby);

        Assert.False(await driver.RunAsync(["preview"], TestContext.Current.CancellationToken));
        Assert.Contains("The standby cl-ouhutv70 was failed over", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("README.md", "Refusals")]
    [InlineData("README.zh-CN.md", "拒绝信息")]
    public void Every_refusal_that_it_explains_is_one_of_the_provider(string page, string section)
    {
        Assert.Contains(section, MarkdownPage.Read(page).Headings);
        var text = File.ReadAllText(Repository.PathOf(page));
        var table = text[text.IndexOf($"## {section}", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("| `continues in the cloud`", StringComparison.Ordinal)];
        var explained = table
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Quoted().Matches(line.Split(" | ")[0]).Select(match => match.Groups["text"].Value))
            .ToList();

        Assert.InRange(explained.Count, 20, 100);
        Assert.All(explained, phrase => Assert.Contains(phrase, Sentences.Value, StringComparison.Ordinal));
    }

    /// <summary>The provider's sources with each sentence in one piece.</summary>
    private static Lazy<string> Sentences { get; } =
        new(() =>
            SentenceBreak()
                .Replace(
                    string.Concat(
                        Directory
                            .EnumerateFiles(Repository.PathOf("provider", "Link"), "*.cs", SearchOption.AllDirectories)
                            .Select(File.ReadAllText)
                    ),
                    ""
                )
        );

    private static Process Bash(string script, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Where the simulator listens. The commands that it prints are in the README, but for the port.</summary>
    private static async Task<string> AddressAsync(Process simulator, string printed)
    {
        var errors = simulator.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (lines.LastOrDefault() != "Ctrl-C ends it.")
        {
            var line = await simulator.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            lines.Add(line ?? throw new InvalidOperationException($"{string.Join('\n', lines)}\n{await errors}"));
        }

        var endpoint = lines.Single(line => line.StartsWith("listening on ", StringComparison.Ordinal));
        var address = new Uri(endpoint["listening on ".Length..]).Authority;
        var commands = lines.Where(line => line.StartsWith("  pulumi config set ", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, commands.Count);
        Assert.All(
            commands,
            command =>
                Assert.Contains(
                    command.Trim().Replace(address, PrintedAddress, StringComparison.Ordinal),
                    printed.Split('\n')
                )
        );
        return address;
    }

    [GeneratedRegex(
        "^pulumi config set (--secret )?(?<key>[^ ]+) (?<value>[^ ]+)$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex ConfigSet();

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    /// <summary>The end of one part of a sentence, and the beginning of the next.</summary>
    [GeneratedRegex(@"""\s*\+\s*\$?""", RegexOptions.None, 10_000)]
    private static partial Regex SentenceBreak();
}
