using FsCheck;
using FsCheck.Fluent;
using QingCloudMySqlStandby.Reliability.Tests.Scripts;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>A history that was printed can be lived through again.</summary>
public sealed class NotationTests
{
    [Fact]
    public void Every_script_is_read_as_it_was_printed() =>
        Prop.ForAll(
                Arb.From(Generation.Scripts, Shrinking.Of),
                script => Notation.Parse(script.ToString()).ToString() == script.ToString()
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_shrunk_script_is_shorter_or_plainer() =>
        Prop.ForAll(
                Generation.Scripts.ToArbitrary(),
                script => Shrinking.Of(script).All(other => other.ToString() != script.ToString())
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("dance")]
    [InlineData("up sideways")]
    [InlineData("wait long")]
    public void What_is_no_step_is_refused(string text) => Assert.Throws<FormatException>(() => Notation.Parse(text));

    [Fact]
    public void The_same_script_lives_the_same_history_each_time()
    {
        const string script =
            "set x; up; fault cut,when=after,action=RunClusterCustomService; set x host=2; later 3s "
            + "console stop A; up kill 4 after; up";

        Assert.Equal(History.Live(Notation.Parse(script)), History.Live(Notation.Parse(script)));
    }
}
