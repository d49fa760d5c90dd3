using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Environments;

/// <summary>A link that was created: its job, and when the provider answered.</summary>
internal sealed record CreatedLink(JobView Job, DateTimeOffset AnsweredAt)
{
    /// <summary>How long the job had ended before the engine knew.</summary>
    public TimeSpan Lag => AnsweredAt - Job.StatusAt;

    /// <summary>How long the job took.</summary>
    public TimeSpan Age => Job.StatusAt - Job.CreatedAt;
}

/// <summary>A link as the provider answered.</summary>
internal sealed record MadeLink(string Id, PropertyMap Inputs, PropertyMap State);

/// <summary>The many links of one program, worked on by one process of the provider, so many at a time as the engine's
/// parallelism allows. There is no engine here: what is measured is the provider's.</summary>
internal sealed class Fleet
{
    private readonly TestEnvironment _environment;
    private readonly PropertyMap _configuration;
    private readonly MadeLink?[] _stored;

    /// <param name="environment">Where the clusters are added.</param>
    /// <param name="links">How many links the program declares.</param>
    /// <param name="callsPerHour">The provider's own limit; null for one that is never reached.</param>
    public Fleet(TestEnvironment environment, int links, int? callsPerHour = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        _environment = environment;
        _stored = new MadeLink?[links];
        _configuration = callsPerHour is { } limit
            ? TestEnvironment.Configuration.With("apiCallsPerHour", PropertyValue.Of(limit))
            : TestEnvironment.Configuration;

        // As every account's history does, this one reaches back to before its clusters were made.
        environment.Cloud.Restart(TestEnvironment.OtherStandby);
        environment.Clock.Advance(TimeSpan.FromSeconds(2));
        for (var link = 0; link < links; link++)
        {
            environment.Cloud.AddCluster(
                new ClusterSpec(ClusterOf(link), TestEnvironment.StandbyZone) { Name = "standby " + $"{link}" }
            );
        }
    }

    /// <summary>Links that begin this much later than the one before; none: all at once.</summary>
    public TimeSpan Spread { get; init; }

    /// <summary>Brings every link up, and says of each when it was done.</summary>
    public async Task<IReadOnlyList<CreatedLink>> CreateAsync(int parallelism = int.MaxValue)
    {
        var provider = await _environment.StartProviderAsync(_configuration);
        return await EachAsync(
            parallelism,
            async link =>
            {
                await Task.Delay(Spread * link, _environment.Clock);
                var created = await CreateAsync(provider, link, CancellationToken.None);
                _stored[link] = created;
                return new CreatedLink(JobOf(created.State), _environment.Clock.GetUtcNow());
            }
        );
    }

    /// <summary>Refreshes every link, in a process of its own; gives their states.</summary>
    public async Task<IReadOnlyList<string>> RefreshAsync(int parallelism = int.MaxValue)
    {
        var provider = await _environment.StartProviderAsync(_configuration);
        return await EachAsync(
            parallelism,
            async link =>
            {
                var stored =
                    _stored[link]
                    ?? throw new InvalidOperationException("A refresh needs a link that was " + "created.");
                var read = await provider.ReadAsync(
                    new ReadRequest(
                        stored.Id,
                        UrnOf(link),
                        Names.StandbyReplication,
                        stored.State,
                        stored.Inputs,
                        null
                    ),
                    CancellationToken.None
                );
                return read is null ? "gone" : TextOf(read.State, "state");
            }
        );
    }

    /// <summary>Previews every link's creation, in a process of its own.</summary>
    public async Task PreviewAsync(int parallelism = int.MaxValue)
    {
        var provider = await _environment.StartProviderAsync(_configuration);
        await EachAsync(
            parallelism,
            async link =>
            {
                var inputs = await CheckAsync(provider, link);
                return await provider.CreateAsync(
                    new CreateRequest(UrnOf(link), Names.StandbyReplication, inputs, null, Preview: true),
                    CancellationToken.None
                );
            }
        );
    }

    /// <summary>Deletes every link, in a process of its own.</summary>
    public async Task DeleteAsync(int parallelism = int.MaxValue)
    {
        var provider = await _environment.StartProviderAsync(_configuration);
        await EachAsync(
            parallelism,
            async link =>
            {
                var stored =
                    _stored[link]
                    ?? throw new InvalidOperationException("A deletion needs a link that was " + "created.");
                await provider.DeleteAsync(
                    new DeleteRequest(
                        stored.Id,
                        UrnOf(link),
                        Names.StandbyReplication,
                        stored.State,
                        stored.Inputs,
                        null
                    ),
                    CancellationToken.None
                );
                return _stored[link] = null;
            }
        );
    }

    public static string ClusterOf(int link) => FormattableString.Invariant($"cl-s{link:d7}");

    public static string UrnOf(int link) =>
        FormattableString.Invariant($"urn:pulumi:dev::shop::{Names.StandbyReplication}::link-{link}");

    /// <summary>Has the provider check what the program declares for a link.</summary>
    public static async Task<PropertyMap> CheckAsync(IProvider provider, int link)
    {
        ArgumentNullException.ThrowIfNull(provider);
        var program = TestEnvironment
            .Program.With("clusterId", PropertyValue.Of(ClusterOf(link)))
            .With("zone", PropertyValue.Of(TestEnvironment.StandbyZone));
        var check = await provider.CheckAsync(
            new CheckRequest(UrnOf(link), Names.StandbyReplication, PropertyMap.Empty, program),
            CancellationToken.None
        );
        return check.Inputs;
    }

    /// <summary>Has the provider check and create a link.</summary>
    public static async Task<MadeLink> CreateAsync(IProvider provider, int link, CancellationToken cancellationToken)
    {
        var inputs = await CheckAsync(provider, link);
        var created = await provider.CreateAsync(
            new CreateRequest(UrnOf(link), Names.StandbyReplication, inputs, null, Preview: false),
            cancellationToken
        );
        return new MadeLink(created.Id, inputs, created.State);
    }

    private JobView JobOf(PropertyMap state) =>
        _environment.Cloud.Job(TextOf(state, "jobId"))
        ?? throw new InvalidOperationException("The provider reported a job that does not exist.");

    private static string TextOf(PropertyMap state, string name) => ((PropertyValue.TextValue)state[name].Bare).Value;

    /// <summary>As many workers as the parallelism allows take one link after the other.</summary>
    private async Task<IReadOnlyList<T>> EachAsync<T>(int parallelism, Func<int, Task<T>> act)
    {
        var results = new T[_stored.Length];
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(parallelism, _stored.Length)).Select(_ => WorkAsync()));
        return results;

        async Task WorkAsync()
        {
            while (next < results.Length)
            {
                var link = next++;
                results[link] = await act(link);
            }
        }
    }
}
