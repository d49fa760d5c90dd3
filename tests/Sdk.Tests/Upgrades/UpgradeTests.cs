using QingCloudMySqlStandby.Driver;
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
    public void A_kept_state_needs_no_change_and_can_be_destroyed(string kept) =>
        AssertNothingToDo(Path.Combine(States, kept));

    [Theory]
    [InlineData("replicating", "")]
    [InlineData("promoted", "promoted: true")]
    [InlineData("promoted-on-delete", "onDelete: promote")]
    public void This_versions_state_is_kept_and_needs_no_change(string name, string properties)
    {
        using (var stack = KeptStack.Begin(_directory.FullName))
        {
            stack.Run(async () =>
            {
                stack.WriteProgram("");
                Succeeded(await stack.Stack.UpAsync());
                stack.WriteProgram(properties);
                Succeeded(await stack.Stack.UpAsync());
            });
            stack.Keep();
        }

        var kept = Path.Combine(States, $"v{Distribution.Version}", name);
        if (Environment.GetEnvironmentVariable("KEEP_STATES") == "1")
        {
            Directory.CreateDirectory(kept);
            foreach (var file in _directory.EnumerateFiles())
                file.CopyTo(Path.Combine(kept, file.Name), overwrite: true);
        }

        Assert.True(Directory.Exists(kept), $"{kept} is missing: see \"Releasing\" in CONTRIBUTING.md");
        AssertNothingToDo(_directory.FullName);
    }

    private static void Succeeded(RunResult run) => Assert.True(run.Succeeded, string.Join('\n', run.Errors));

    private static void AssertNothingToDo(string folder)
    {
        using var stack = KeptStack.Open(folder);
        var kept = stack.Outputs;
        stack.Run(async () =>
        {
            Succeeded(await stack.Stack.RefreshAsync());
            Assert.Equal(kept, stack.Outputs);
            var preview = await stack.Stack.PreviewAsync();
            Succeeded(preview);
            Assert.False(preview.HasChanges);
            Succeeded(await stack.Stack.DestroyAsync());
        });
        Assert.Empty(stack.Stack.State.Resources);
        Assert.Null(stack.Cloud.LinkOf(KeptStack.Standby));
    }
}
