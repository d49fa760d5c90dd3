using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Driver.Simulation;

/// <summary>A link that was created: its job, and when the provider answered.</summary>
internal sealed record CreatedLink(JobView Job, DateTimeOffset AnsweredAt)
{
    /// <summary>How long the job had ended before the engine knew.</summary>
    public TimeSpan Lag => AnsweredAt - Job.StatusAt;

    /// <summary>How long the job took.</summary>
    public TimeSpan Age => Job.StatusAt - Job.CreatedAt;
}

/// <summary>Many links of one program.</summary>
internal static class Fleet
{
    /// <summary>A stack of so many links, whose standby clusters are added to the world.</summary>
    /// <param name="world">Where the clusters are added.</param>
    /// <param name="links">How many links the program declares.</param>
    /// <param name="callsPerHour">The provider's own limit; null for one that is never reached.</param>
    public static Stack Of(World world, int links, int? callsPerHour = null)
    {
        AddClusters(world, links);
        return new Stack(world)
        {
            Configuration = World.Configuration.With("apiCallsPerHour", callsPerHour),
            Program = StackProgram.Of(Enumerable.Range(0, links).Select(Declare)),
        };
    }

    /// <summary>Creates so many links in one process, each a while after the one before.</summary>
    public static async Task<IReadOnlyList<CreatedLink>> CreateAsync(
        World world,
        int links,
        TimeSpan spread,
        int? callsPerHour = null
    )
    {
        AddClusters(world, links);
        var configuration = World.Configuration.With("apiCallsPerHour", callsPerHour);
        var process = await world.StartAsync(new DeafLog(), configuration);
        return await Task.WhenAll(Enumerable.Range(0, links).Select(CreateLaterAsync));

        async Task<CreatedLink> CreateLaterAsync(int link)
        {
            await world.PassAsync(spread * link);
            var created = await CreateAsync(process.Provider, link, CancellationToken.None);
            return new CreatedLink(JobOf(world, created), world.Time.GetUtcNow());
        }
    }

    /// <summary>The links that a run created, in the order in which the provider answered.</summary>
    public static IReadOnlyList<CreatedLink> CreatedIn(World world, RunResult run) =>
        [
            .. run
                .Calls.Where(call => call is { Method: "Create", Answer: CreateResult })
                .OrderBy(call => call.Ended)
                .Select(call => new CreatedLink(JobOf(world, (CreateResult)call.Answer!), call.Ended!.Value)),
        ];

    /// <summary>The standby cluster of a link.</summary>
    public static string ClusterOf(int link) => FormattableString.Invariant($"cl-s{link:d7}");

    /// <summary>The URN of a link.</summary>
    public static string UrnOf(int link) => Urns.Of("dev", "shop", Names.StandbyReplication, NameOf(link));

    /// <summary>Has a provider check what the program declares for a link.</summary>
    public static async Task<PropertyMap> CheckAsync(IProvider provider, int link)
    {
        var request = new CheckRequest(UrnOf(link), Names.StandbyReplication, PropertyMap.Empty, Declare(link).Inputs);
        return (await provider.CheckAsync(request, CancellationToken.None)).Inputs;
    }

    /// <summary>Has a provider check and create a link.</summary>
    public static async Task<CreateResult> CreateAsync(
        IProvider provider,
        int link,
        CancellationToken cancellationToken
    )
    {
        var inputs = await CheckAsync(provider, link);
        var request = new CreateRequest(UrnOf(link), Names.StandbyReplication, inputs, null, Preview: false);
        return await provider.CreateAsync(request, cancellationToken);
    }

    /// <summary>As every account's history does, this one reaches back to before its clusters were made.</summary>
    private static void AddClusters(World world, int links)
    {
        world.Cloud.Restart(World.OtherStandby);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        foreach (var link in Enumerable.Range(0, links))
            world.Cloud.AddCluster(new ClusterSpec(ClusterOf(link), World.StandbyZone) { Name = $"standby {link}" });
    }

    private static Resource Declare(int link) =>
        World.Link(NameOf(link), World.LinkInputs.With("clusterId", ClusterOf(link)).With("zone", World.StandbyZone));

    private static string NameOf(int link) => FormattableString.Invariant($"link-{link}");

    private static JobView JobOf(World world, CreateResult created) =>
        world.Cloud.Job(((PropertyValue.TextValue)created.State["jobId"].Bare).Value)
        ?? throw new InvalidOperationException("The provider reported a job that does not exist.");
}
