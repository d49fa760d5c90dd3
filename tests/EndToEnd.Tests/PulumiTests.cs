namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>The same scenarios under Pulumi's own command line, where it is on the PATH: resources, states, outputs and
/// the number of API calls of each run are those of the small engine.</summary>
public sealed class PulumiTests(PreparedExamples examples)
{
    [Theory]
    [InlineData("yaml")]
    [InlineData("typescript")]
    [InlineData("dotnet")]
    public async Task An_example_comes_up_and_goes_down(string example)
    {
        SkipWithoutNeeds(example);
        var program = await examples.PrepareAsync(example);
        var small = await Stories.LiveAndDieAsync(program, Stories.OnSmallEngine);
        var pulumis = await Stories.LiveAndDieAsync(program, Stories.OnPulumi);

        Stories.AssertEqual(small, pulumis);
    }

    [Theory]
    [InlineData("yaml")]
    [InlineData("typescript")]
    [InlineData("dotnet")]
    public async Task An_example_survives_an_interrupt(string example)
    {
        SkipWithoutNeeds(example);
        var story = await Stories.SurviveInterruptAsync(await examples.PrepareAsync(example), Stories.OnPulumi);

        Stories.AssertEqual(Stories.Interrupted, story);
    }

    [Fact]
    public async Task The_switchover_example_comes_home()
    {
        SkipWithoutNeeds("dotnet-switchover");
        var program = await examples.PrepareAsync("dotnet-switchover");
        var small = await Stories.SwitchOverAsync(program, Stories.OnSmallEngine);
        var pulumis = await Stories.SwitchOverAsync(program, Stories.OnPulumi);

        Stories.AssertEqual(small, pulumis);
    }

    private static void SkipWithoutNeeds(string example)
    {
        Engines.PulumiCommandLine.SkipWithoutNeeds(example);
        PreparedExamples.SkipWithoutNeeds(example);
    }
}
