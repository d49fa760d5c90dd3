using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Link;

/// <summary>Existing links are found, page by page, so that they can be imported.</summary>
public sealed class ListTests : IDisposable
{
    private readonly LifecycleRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Every_link_of_a_zone_is_found_once() =>
        _rig.Run(async () =>
        {
            var links = await FillAsync(clusters: 350, every: 7);

            var (found, token) = await PageAsync(new Paging());

            Assert.Equal(links, found);
            Assert.Null(token);
        });

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(1000)]
    public void Pages_join_up_whatever_their_size(int size) =>
        _rig.Run(async () =>
        {
            var links = await FillAsync(clusters: 120, every: 3);
            var found = new List<string>();
            for (string? token = ""; token is not null; )
            {
                (var page, token) = await PageAsync(new Paging { Size = size, Token = token });
                Assert.InRange(page.Count, 1, size);
                found.AddRange(page);
            }

            Assert.Equal(links, found);
        });

    [Fact]
    public void A_limit_holds_over_all_pages() =>
        _rig.Run(async () =>
        {
            var links = await FillAsync(clusters: 60, every: 2);

            var first = await PageAsync(new Paging { Limit = 10, Size = 6 });
            var second = await PageAsync(
                new Paging
                {
                    Limit = 10,
                    Size = 6,
                    Token = first.Token!,
                }
            );

            Assert.Equal(links[..10], [.. first.Ids, .. second.Ids]);
            Assert.Null(second.Token);
            Assert.Equal(links[..10], (await PageAsync(new Paging { Limit = 10 })).Ids);
        });

    [Fact]
    public void Only_what_can_be_imported_is_listed() =>
        _rig.Run(async () =>
        {
            await FillAsync(clusters: 4, every: 1);
            _rig.Cloud.PromoteByConsole("cl-listed001");
            _rig.Cloud.StopByConsole("cl-listed002");
            _rig.Cloud.SetStatus("cl-listed003", ClusterStatus.Ceased);
            await _rig.PassAsync(TimeSpan.FromMinutes(5));

            var (found, _) = await PageAsync(new Paging());

            Assert.Equal(["sh1a/cl-listed000", "sh1a/cl-listed001"], found);
            foreach (var id in found)
            {
                var stack = new LinkStack(_rig.World, id);
                Assert.Equal("import", (await stack.ImportAsync(id)).Done);
                Assert.NotNull(stack.Stored);
            }
        });

    [Fact]
    public void Hundreds_of_clusters_share_their_reads() =>
        _rig.Run(async () =>
        {
            for (var i = 0; i < 350; i++)
            {
                _rig.Cloud.AddCluster(new ClusterSpec($"cl-plain{i:000}", World.StandbyZone) { StandbyTab = null });
            }

            await FillAsync(clusters: 50, every: 1);
            _rig.World.Api.Calls.Clear();

            var (found, _) = await PageAsync(new Paging());

            Assert.Equal(50, found.Count);
            Assert.InRange(_rig.World.Api.Calls.Total, 5, 30);
        });

    [Fact]
    public void Another_zone_is_named_in_the_query() =>
        _rig.Run(async () =>
        {
            await FillAsync(clusters: 2, every: 1);

            Assert.Empty((await PageAsync(new Paging { Query = Query("zone", "pek3a") })).Ids);
            Assert.Equal(2, (await PageAsync(new Paging { Query = Query("zone", "sh1a") })).Ids.Count);
        });

    [Theory]
    [InlineData("zone", "NOT A ZONE", "")]
    [InlineData("name", "orders", "")]
    [InlineData("zone", "sh1a", "no token")]
    [InlineData("zone", "sh1a", "-1/0")]
    public void What_makes_no_sense_is_refused(string name, string value, string token) =>
        _rig.Run(async () =>
        {
            var error = await Assert.ThrowsAsync<PluginException>(() =>
                PageAsync(new Paging { Query = Query(name, value), Token = token })
            );

            Assert.Equal(PluginErrorCode.InvalidArgument, error.Code);
            Assert.Equal(0, _rig.World.Api.Calls.Total);
        });

    private static PropertyMap Query(string name, string value) =>
        PropertyMap.Empty.With(name, PropertyValue.Of(value));

    /// <summary>Adds clusters, of which some are deleted ones, and links every so-manieth; answers the links'
    /// ids.</summary>
    private async Task<List<string>> FillAsync(int clusters, int every)
    {
        var ids = new List<string>();
        for (var i = 0; i < clusters; i++)
        {
            var id = $"cl-listed{i:000}";
            _rig.Cloud.AddCluster(
                new ClusterSpec($"cl-gone{i:000}", World.StandbyZone) { Status = ClusterStatus.Deleted }
            );
            _rig.Cloud.AddCluster(new ClusterSpec(id, World.StandbyZone) { StandbyTab = null });
            if (i % every == 0)
            {
                _rig.Cloud.StartByConsole(id, new SourceEndpoint(World.Source, World.SourceZone));
                ids.Add($"sh1a/{id}");
            }
        }

        await _rig.PassAsync(TimeSpan.FromMinutes(1));
        return ids;
    }

    private async Task<(List<string> Ids, string? Token)> PageAsync(Paging paging)
    {
        var provider = await _rig.World.StartProviderAsync();
        var found = new List<ListedResource>();
        var request = new ListRequest(Names.StandbyReplication, paging.Query, paging.Limit, paging.Size, paging.Token);
        await foreach (var resource in provider.ListAsync(request, CancellationToken.None))
            found.Add(resource);

        var token = found.LastOrDefault()?.ContinuationToken;
        return (
            [.. found.Where(resource => resource.ContinuationToken is null).Select(resource => resource.Id)],
            token
        );
    }

    private sealed record Paging
    {
        public PropertyMap Query { get; init; } = PropertyMap.Empty;
        public long Limit { get; init; }
        public long Size { get; init; }
        public string Token { get; init; } = "";
    }
}
