using QingCloudMySqlStandby.Link.Schema;

namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>A program without a zone, checked on a machine whose default is another zone.</summary>
public sealed class ZoneTests
{
    [Theory]
    [InlineData("sh1a")]
    [InlineData(null)]
    public void The_zone_of_the_last_update_comes_before_the_default(string? last)
    {
        using var world = new World(seed: 1);
        world.Run(async () =>
        {
            var provider = await world.StartProviderAsync(
                World.Configuration.With(Names.Zone, PropertyValue.Of("pek3a"))
            );
            var olds = last is null ? PropertyMap.Empty : Sample.Inputs;
            var request = new CheckRequest(
                Sample.Urn,
                Names.StandbyReplication,
                olds,
                Sample.Program.Without(Names.Zone)
            );

            var result = await provider.CheckAsync(request, CancellationToken.None);

            Assert.Empty(result.Failures);
            Assert.Equal(PropertyValue.Of(last ?? "pek3a"), result.Inputs[Names.Zone]);
        });
    }
}
