namespace QingCloudMySqlStandby.Examples.Tests;

/// <summary>
/// The same scenarios under Pulumi's own command line, where it is on the PATH: resources, states, outputs and the number of API
/// calls of each run are those of the small engine.
/// </summary>
public sealed class PulumiTests(PreparedExamples examples)
{
    [Theory]
    [InlineData("yaml")]
    [InlineData("typescript")]
    [InlineData("dotnet")]
    public async Task An_example_comes_up_and_goes_down(string example)
    {
        SkipWithoutNeeds(example);
        var story = await Stories.LiveAndDieAsync(await examples.PrepareAsync(example), Stories.OnPulumi);

        Assert.Equal(Stories.LifeAndDeath, story);
    }

    [Theory]
    [InlineData("yaml")]
    [InlineData("typescript")]
    [InlineData("dotnet")]
    public async Task An_example_survives_an_interrupt(string example)
    {
        SkipWithoutNeeds(example);
        var story = await Stories.SurviveInterruptAsync(await examples.PrepareAsync(example), Stories.OnPulumi);

        Assert.Equal(Stories.Interrupted, story);
    }

    [Fact]
    public async Task The_switchover_example_comes_home()
    {
        SkipWithoutNeeds("dotnet-switchover");
        var story = await Stories.SwitchOverAsync(await examples.PrepareAsync("dotnet-switchover"), Stories.OnPulumi);

        Assert.Equal(Stories.Switchover, story);
    }

    private static void SkipWithoutNeeds(string example)
    {
        Engines.PulumiCommandLine.SkipWithoutNeeds(example);
        PreparedExamples.SkipWithoutNeeds(example);
    }
}
