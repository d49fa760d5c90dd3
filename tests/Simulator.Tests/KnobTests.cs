using System.Reflection;

namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class KnobTests
{
    private static readonly PropertyInfo[] All = [.. typeof(Knobs).GetProperties().Where(knob => knob.CanWrite)];

    [Fact]
    public void Every_value_of_every_knob_is_drawn()
    {
        var random = new Random(1);
        var drawn = Enumerable.Range(0, 2000).Select(_ => Knobs.Draw(random)).ToList();
        foreach (var knob in All)
        {
            var type = knob.PropertyType;
            var expected =
                type == typeof(bool) ? 2
                : type.IsEnum && knob.Name != nameof(Knobs.StoppedStatus) ? Enum.GetValues(type).Length
                : 3;
            var values = drawn.Select(knob.GetValue).Distinct().Count();
            Assert.True(values >= expected, $"{knob.Name} has {values} values");
        }

        Assert.Contains(new Knobs(), drawn);
        Assert.Equal(Knobs.Draw(new Random(7)), Knobs.Draw(new Random(7)));
    }

    [Fact]
    public void Every_knob_and_value_is_in_the_readme()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "simulator.md"));
        var values = All.Where(knob => knob.PropertyType.IsEnum && knob.PropertyType != typeof(ClusterStatus))
            .SelectMany(knob => Enum.GetNames(knob.PropertyType));
        Assert.All(
            All.Select(knob => knob.Name).Concat(values),
            name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Knobs_are_read_as_they_are_written()
    {
        var random = new Random(2);
        foreach (var knobs in Enumerable.Range(0, 200).Select(_ => Knobs.Draw(random)))
        {
            var words = knobs.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var read = words
                .Select(word => word.Split('='))
                .Aggregate(new Knobs(), (set, word) => set.With(word[0], word[1]));
            Assert.Equal(knobs, read);
        }
    }

    [Theory]
    [InlineData("stop-without-link", "job-fails", "StopWithoutLink=JobFails")]
    [InlineData("ReplicationDelay", "5m", "ReplicationDelay=300s")]
    [InlineData("jobs-listed", "5", "JobsListed=5")]
    [InlineData("JobsListed", "none", "")]
    [InlineData("ZoneStrict", "false", "ZoneStrict=False")]
    public void A_knob_is_set_by_its_name(string name, string value, string expected) =>
        Assert.Equal(expected, new Knobs().With(name, value).ToString());

    [Theory]
    [InlineData("volume", "11", "'volume' is no knob")]
    [InlineData("TotalCount", "huge", "'huge' is no value of the knob TotalCount")]
    [InlineData("JobsListed", "many", "'many' is no value of the knob JobsListed")]
    [InlineData("ReplicationDelay", "long", "'long' is no duration like 500ms, 2s, 5m or 1h")]
    public void A_wrong_knob_is_refused(string name, string value, string expected) =>
        Assert.Equal(expected, Assert.Throws<FormatException>(() => new Knobs().With(name, value)).Message);
}
