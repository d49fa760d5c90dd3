using System.Collections.Immutable;
using Pulumi;
using Pulumi.QingCloudMySqlStandby;
using Pulumi.Testing;

namespace QingCloudMySqlStandby.Sdk.Tests.Mock;

/// <summary>How a user tests a stack of several links, without an engine, a provider or a cloud.</summary>
[Collection("Pulumi.Testing runs one deployment at a time")]
public sealed class OrdersStackTests
{
    private readonly QingCloudMocks _mocks = new();

    [Fact]
    public async Task Every_database_has_a_standby_in_the_other_region()
    {
        var links = await DeclareAsync();

        Assert.Equal(
            ["customers-dr", "orders-dr", "payments-dr"],
            links.Select(link => link.GetResourceName()).Order(StringComparer.Ordinal)
        );
        Assert.All(
            _mocks.Links,
            link =>
            {
                var source = (ImmutableDictionary<string, object>)link.Inputs["source"];
                Assert.Equal("sh1a", link.Inputs["zone"]);
                Assert.Equal("pek3a", source["zone"]);
            }
        );
    }

    [Fact]
    public async Task No_cluster_is_the_standby_of_two_links_or_of_itself()
    {
        await DeclareAsync();

        var standbys = _mocks.Links.Select(link => (string)link.Inputs["clusterId"]).ToList();
        var sources = _mocks.Links.Select(link =>
            (string)((ImmutableDictionary<string, object>)link.Inputs["source"])["clusterId"]
        );
        Assert.Equal(standbys.Count, standbys.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(standbys.Intersect(sources));
    }

    [Fact]
    public async Task Inputs_that_are_left_out_have_their_defaults()
    {
        await DeclareAsync();

        var link = _mocks.Links.First();
        Assert.Equal("maininstance", link.Inputs["role"]);
        Assert.Equal("stop", link.Inputs["onDelete"]);
        Assert.DoesNotContain("relinkAfter", link.Inputs.Keys);
        Assert.Equal(3306d, ((ImmutableDictionary<string, object>)link.Inputs["source"])["port"]);
        Assert.Equal("full", link.Inputs["syncWay"]);
    }

    [Fact]
    public async Task A_failover_of_one_database_leaves_the_others_alone()
    {
        var links = await DeclareAsync(failedOver: "payments");

        foreach (var link in links)
        {
            var expected = link.GetResourceName() == "payments-dr" ? LinkState.Promoted : LinkState.Replicating;
            Assert.Equal(expected, await ValueOf(link.State));
        }
    }

    [Fact]
    public async Task No_link_may_overwrite_a_promoted_standby()
    {
        var links = await DeclareAsync(failedOver: "payments");

        Assert.All(await Task.WhenAll(links.Select(link => ValueOf(link.RelinkAfter))), Assert.Null);
    }

    [Fact]
    public async Task The_links_outputs_are_read_into_their_types()
    {
        var links = await DeclareAsync();

        var orders = links.Single(link => link.GetResourceName() == "orders-dr");
        var source = await ValueOf(orders.Source);
        Assert.Equal("sh1a/cl-ordersdr", await ValueOf(orders.Id));
        Assert.Equal(("cl-orders01", 3306, "192.168.0.11"), (source.ClusterId, source.Port, source.Host));
        Assert.Equal(OnDelete.Stop, await ValueOf(orders.OnDelete));
        Assert.Equal("j-pfiu9d1waxq", await ValueOf(orders.JobId));
    }

    [Fact]
    public async Task A_password_in_clear_becomes_a_secret()
    {
        var args = new Pulumi.QingCloudMySqlStandby.Inputs.StandbySourceArgs();
        bool isSecret = false;
        await Deployment.TestAsync(
            _mocks,
            new TestOptions(),
            async () =>
            {
                args.Password = "in clear";
                isSecret = await Output.IsSecretAsync(args.Password.ToOutput());
            }
        );

        Assert.True(isSecret);
    }

    [Fact]
    public async Task The_account_is_a_provider_whose_settings_travel_as_text()
    {
        await DeclareAsync();

        var account = Assert.Single(
            _mocks.Registered,
            resource => resource.Type == "pulumi:providers:qingcloud-mysql-standby"
        );
        Assert.Equal("true", account.Inputs["preflight"]);
        Assert.Equal("2000", account.Inputs["apiCallsPerHour"]);
        Assert.Equal("POST", account.Inputs["requestMethod"]);
        Assert.All(_mocks.Links, link => Assert.Contains("::dr-account::", link.Provider, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_without_its_source_is_refused_before_anything_is_asked_of_the_cloud()
    {
        var incomplete = new StandbyReplicationArgs { ClusterId = "cl-ordersdr", SyncWay = SyncWay.Full };
        var error = await Assert.ThrowsAnyAsync<Exception>(() =>
            Deployment.TestAsync(
                _mocks,
                new TestOptions { IsPreview = false },
                () =>
                {
                    _ = new StandbyReplication("orders-dr", incomplete);
                }
            )
        );

        Assert.Contains("Source", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_mocks.Links);
    }

    private async Task<IReadOnlyList<StandbyReplication>> DeclareAsync(string? failedOver = null)
    {
        var (resources, _) = await Deployment.TestAsync(
            _mocks,
            new TestOptions { IsPreview = false },
            () => OrdersStack.Declare(Output.CreateSecret("the password"), failedOver)
        );
        return [.. resources.OfType<StandbyReplication>()];
    }

    private static Task<T> ValueOf<T>(Output<T> output)
    {
        var value = new TaskCompletionSource<T>();
        output.Apply(known =>
        {
            value.TrySetResult(known);
            return known;
        });
        return value.Task;
    }
}
