using QingCloudMySqlStandby.EndToEnd.Tests.Engines;

namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>Every example, as the program that it is, on the small engine, the real plugin and the simulator.</summary>
public sealed class ExampleTests(PreparedExamples examples)
{
    [Theory]
    [InlineData("yaml")]
    [InlineData("typescript")]
    [InlineData("dotnet")]
    public async Task An_example_comes_up_and_goes_down(string example)
    {
        PreparedExamples.SkipWithoutNeeds(example);
        var story = await Stories.LiveAndDieAsync(await examples.PrepareAsync(example), Stories.OnSmallEngine);

        Stories.AssertEqual(Stories.LifeAndDeath, story);
    }

    [Theory]
    [InlineData("yaml")]
    [InlineData("typescript")]
    [InlineData("dotnet")]
    public async Task An_example_survives_an_interrupt(string example)
    {
        PreparedExamples.SkipWithoutNeeds(example);
        var story = await Stories.SurviveInterruptAsync(await examples.PrepareAsync(example), Stories.OnSmallEngine);

        Stories.AssertEqual(Stories.Interrupted, story);
    }

    [Fact]
    public async Task The_switchover_example_comes_home()
    {
        PreparedExamples.SkipWithoutNeeds("dotnet-switchover");
        var story = await Stories.SwitchOverAsync(
            await examples.PrepareAsync("dotnet-switchover"),
            Stories.OnSmallEngine
        );

        Stories.AssertEqual(Stories.Switchover, story);
    }
}
