using QingCloudMySqlStandby.Plugin.Values;

namespace QingCloudMySqlStandby.Plugin.Values;

public sealed class PropertyPathTests
{
    [Theory]
    [InlineData("source", "source")]
    [InlineData("source.host", "source|host")]
    [InlineData("list[0].name", "list|0|name")]
    [InlineData("tags[\"a.b\"].c", "tags|a.b|c")]
    [InlineData("[\"a.b\"]", "a.b")]
    [InlineData("[\"say \\\"hi\\\"\"]", "say \"hi\"")]
    [InlineData("a.*.b[*]", "a|*|b|*")]
    public void A_path_has_steps(string text, string steps)
    {
        Assert.Equal(steps, string.Join('|', PropertyPath.Parse(text).Steps));
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a[")]
    [InlineData("a[]")]
    [InlineData("a[0]b")]
    [InlineData("a[\"b")]
    [InlineData("a[\"b\"")]
    [InlineData("a[\"b\\")]
    public void A_text_that_is_no_path_is_the_name_of_a_property(string text)
    {
        Assert.Equal([text], PropertyPath.Parse(text).Steps);
    }

    [Theory]
    [InlineData("source", "source", true)]
    [InlineData("source", "source.host", true)]
    [InlineData("source", "sourceful", false)]
    [InlineData("source.host", "source", false)]
    [InlineData("source.host", "source.port", false)]
    [InlineData("source[\"host\"]", "source.host", true)]
    [InlineData("source.*", "source.host", true)]
    [InlineData("*", "anything.at.all", true)]
    [InlineData("list[*].name", "list[3].name", true)]
    [InlineData("", "source", false)]
    public void A_path_covers_its_target_and_what_lies_within(string path, string other, bool covers)
    {
        Assert.Equal(covers, PropertyPath.Parse(path).Covers(PropertyPath.Parse(other)));
    }

    [Fact]
    public void An_empty_path_has_no_root()
    {
        Assert.Equal("", PropertyPath.Parse("").Root);
    }
}
