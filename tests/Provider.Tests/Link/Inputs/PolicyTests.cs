using QingCloudMySqlStandby.Link.Inputs;
using QingCloudMySqlStandby.Link.Schema;

namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>A policy may rewrite inputs between Check and the call that uses them.</summary>
public sealed class PolicyTests : IDisposable
{
    private static readonly PropertyValue Plain = PropertyValue.Of("Plain#7word");
    private readonly LifecycleRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_password_that_it_makes_plain_leaves_as_a_secret(bool isPreview) =>
        _rig.Run(async () =>
        {
            var provider = await _rig.World.StartProviderAsync();
            var inputs = await LifecycleRig.CheckAsync(provider, Sample.Urn, LifecycleRig.Program);
            var plain = inputs.WithSource("password", Plain);

            var created = await LifecycleRig.CreateAsync(provider, Sample.Urn, plain, isPreview);
            var existing = isPreview ? await LifecycleRig.CreateAsync(provider, Sample.Urn, plain) : created;
            var updated = await UpdateAsync(provider, existing.State, inputs, plain, isPreview);
            var read = await provider.ReadAsync(
                new ReadRequest(Id, Sample.Urn, Names.StandbyReplication, WithPlain(updated), plain, null),
                CancellationToken.None
            );

            Assert.All([created.State, updated, read!.State, read.Inputs!], IsMarked);
        });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_value_that_cannot_work_is_refused_before_a_link_is_stopped_for_it(bool isPreview) =>
        _rig.Run(async () =>
        {
            var provider = await _rig.World.StartProviderAsync();
            var inputs = await LifecycleRig.CheckAsync(provider, Sample.Urn, LifecycleRig.Program);
            var tooLong = inputs.WithSource("password", PropertyValue.Of(new string('p', 41)));
            var incomplete = tooLong.With("role", PropertyValue.Of(7));

            var first = await Assert.ThrowsAnyAsync<PluginException>(() =>
                LifecycleRig.CreateAsync(provider, Sample.Urn, tooLong, isPreview)
            );
            Assert.Equal((0, 0, 0), _rig.Submissions);
            var created = await LifecycleRig.CreateAsync(provider, Sample.Urn, inputs);
            var second = await Assert.ThrowsAnyAsync<PluginException>(() =>
                UpdateAsync(provider, created.State, inputs, tooLong, isPreview)
            );
            var third = await Assert.ThrowsAnyAsync<PluginException>(() =>
                UpdateAsync(provider, created.State, inputs, incomplete, isPreview)
            );

            Assert.Equal((1, 0, 0), _rig.Submissions);
            Assert.All([first, second], error => Says(error, "source.password has 41 bytes"));
            Says(third, "role");
        });

    private static string Id => $"{World.StandbyZone}/{World.Standby}";

    private static PropertyMap WithPlain(PropertyMap state) => state.WithSource("password", Plain);

    private static async Task<PropertyMap> UpdateAsync(
        IProvider provider,
        PropertyMap state,
        PropertyMap olds,
        PropertyMap news,
        bool isPreview
    )
    {
        var request = new UpdateRequest(Id, Sample.Urn, Names.StandbyReplication, state, olds, news, null, isPreview);
        return (await provider.UpdateAsync(request, CancellationToken.None)).State;
    }

    private static void IsMarked(PropertyMap properties)
    {
        var password = StandbyInputs.Map(properties["source"])["password"];
        Assert.True(password.IsSecret);
        Assert.Equal(Plain, password.Bare);
    }

    private static void Says(PluginException error, string what)
    {
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains("policy", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("by hand", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ppp", error.Message, StringComparison.Ordinal);
    }
}
