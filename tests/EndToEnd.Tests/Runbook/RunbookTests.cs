namespace QingCloudMySqlStandby.EndToEnd.Tests.Runbook;

/// <summary>docs/failover.md and docs/commands.md are run, scene by scene: their commands do what they say, and print what
/// they show.</summary>
public sealed class RunbookTests(PlayedScenes played) : IClassFixture<PlayedScenes>
{
    public static TheoryData<string> Scenes => [.. RunbookText.Read().Select(scene => scene.Name)];

    [Fact]
    public void Every_section_with_a_command_is_a_scene() => Assert.InRange(RunbookText.Read().Count, 8, 100);

    [Theory]
    [MemberData(nameof(Scenes))]
    public Task The_runbook_shows_what_happens(string scene) => played.Of(scene);
}
