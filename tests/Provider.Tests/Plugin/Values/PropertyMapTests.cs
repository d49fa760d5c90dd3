namespace QingCloudMySqlStandby.Plugin.Values;

public sealed class PropertyMapTests
{
    private static readonly PropertyMap Map = PropertyMap.From([
        new("b", PropertyValue.Of(2)),
        new("a", PropertyValue.Of(0)),
        new("a", PropertyValue.Of(1)),
    ]);

    [Fact]
    public void Of_two_properties_with_one_name_the_later_counts()
    {
        Assert.Equal(["a", "b"], Map.Keys);
        Assert.Equal([PropertyValue.Of(1), PropertyValue.Of(2)], Map.Values);
    }

    [Fact]
    public void A_property_that_is_not_there_is_null()
    {
        Assert.Equal(PropertyValue.Null, Map["c"]);
        Assert.False(Map.TryGetValue("c", out _));
        Assert.False(Map.ContainsKey("c"));
    }

    [Fact]
    public void Setting_and_removing_make_new_maps()
    {
        var changed = Map.With("c", PropertyValue.Of(true)).Without("a");

        Assert.Equal(["b", "c"], changed.Keys);
        Assert.Equal(2, Map.Count);
        Assert.NotEqual(Map, changed);
        Assert.True(Map.Equals((object)Map.With("a", PropertyValue.Of(1))));
        Assert.Equal(Map.GetHashCode(), changed.GetHashCode());
    }
}
