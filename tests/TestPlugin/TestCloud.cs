using System.Collections.Concurrent;

namespace QingCloudMySqlStandby.TestPlugin;

/// <summary>Things that exist, for a provider that tests script.</summary>
internal sealed class TestCloud
{
    private int _count;

    /// <summary>The things by their ids.</summary>
    public ConcurrentDictionary<string, PropertyMap> Things { get; } = new(StringComparer.Ordinal);

    /// <summary>What was done, in its order.</summary>
    public ConcurrentQueue<string> Deeds { get; } = [];

    /// <summary>The configurations that providers were given.</summary>
    public ConcurrentQueue<ConfigureRequest> Configurations { get; } = [];

    /// <summary>Called in place of a creation.</summary>
    public Func<CreateRequest, CancellationToken, Task<CreateResult>>? OnCreate { get; set; }

    /// <summary>Called in place of an update.</summary>
    public Func<UpdateRequest, Task<UpdateResult>>? OnUpdate { get; set; }

    /// <summary>Called in place of a deletion.</summary>
    public Func<DeleteRequest, Task>? OnDelete { get; set; }

    /// <summary>Called in place of a read.</summary>
    public Func<ReadRequest, Task<ReadResult?>>? OnRead { get; set; }

    /// <summary>The last requests, for a look at what came over the wire.</summary>
    public ConcurrentQueue<object> Requests { get; } = [];

    public string NewId() => $"t-{Interlocked.Increment(ref _count)}";
}
