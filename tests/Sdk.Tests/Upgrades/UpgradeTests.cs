using QingCloudMySqlStandby.Engine;
using QingCloudMySqlStandby.Sdk.Tests.Packages;

namespace QingCloudMySqlStandby.Sdk.Tests.Upgrades;

/// <summary>Whoever upgrades keeps the state of the version before: each that was released has left some under States/,
/// and this version finds nothing to do in them. With KEEP_STATES=1 this version leaves its own.</summary>
public sealed class UpgradeTests : IDisposable
{
    private static readonly string States = Path.Combine(Repository.Root, "tests", "Sdk.Tests", "Upgrades", "States");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("upgrade-");

    public static TheoryData<string> Kept() =>
        [
            .. Directory
                .EnumerateDirectories(States)
                .SelectMany(Directory.EnumerateDirectories)
                .Select(folder => Path.GetRelativePath(States, folder))
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task A_kept_state_needs_no_change_and_can_be_destroyed(string kept)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(States, kept)))
            File.Copy(file, Path.Combine(_directory.FullName, Path.GetFileName(file)));

        await AssertNothingToDoAsync();
    }

    [Theory]
    [InlineData("replicating", "")]
    [InlineData("promoted", "promoted: true")]
    [InlineData("promoted-on-delete", "onDelete: promote")]
    public async Task This_versions_state_is_kept_and_needs_no_change(string name, string properties)
    {
        using (var stack = KeptStack.Begin(_directory.FullName))
        {
            stack.WriteProgram("");
            Succeeded(stack, await stack.Engine.UpAsync());
            stack.WriteProgram(properties);
            Succeeded(stack, await stack.Engine.UpAsync());
            stack.KeepCalls();
        }

        var kept = Path.Combine(States, $"v{Distribution.Version}", name);
        if (Environment.GetEnvironmentVariable("KEEP_STATES") == "1")
        {
            Directory.CreateDirectory(kept);
            foreach (var file in _directory.EnumerateFiles())
                file.CopyTo(Path.Combine(kept, file.Name), overwrite: true);
        }

        Assert.True(Directory.Exists(kept), $"{kept} is missing: see \"Releasing\" in CONTRIBUTING.md");
        await AssertNothingToDoAsync();
    }

    private static void Succeeded(KeptStack stack, RunResult run) =>
        Assert.True(run.Succeeded, stack.Output.ToString());

    /// <summary>A refresh adds the hidden anchor to a state of version 0.1.0.</summary>
    private static string WithoutAnchor(string outputs) =>
        System.Text.RegularExpressions.Regex.Replace(
            outputs,
            "\"__anchor\":\"[^\"]*\",?",
            "",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );

    private async Task AssertNothingToDoAsync()
    {
        using var stack = await KeptStack.OpenAsync(_directory.FullName);
        var kept = WithoutAnchor(stack.Outputs());
        Succeeded(stack, await stack.Engine.RefreshAsync());
        Assert.Equal(kept, WithoutAnchor(stack.Outputs()));
        Succeeded(stack, await stack.Engine.PreviewAsync(new RunOptions { ExpectNoChanges = true }));
        var destroy = await stack.Engine.DestroyAsync();

        Succeeded(stack, destroy);
        Assert.Empty(destroy.State.Resources);
        Assert.Null(stack.Cloud.LinkOf(KeptStack.Standby));
    }
}
