using System.Runtime.CompilerServices;
using QingCloudMySqlStandby.Standby.Configuration;
using QingCloudMySqlStandby.Standby.Functions;
using QingCloudMySqlStandby.Standby.Lifecycle;

namespace QingCloudMySqlStandby.Standby;

/// <summary>The provider: hands each request to the file that says what happens on it.</summary>
/// <param name="version">The provider's version.</param>
/// <param name="schema">Reads the package schema.</param>
/// <param name="connect">Makes the API client for a configuration; it must be cheap, as previews may never
/// call.</param>
/// <param name="log">The engine's log.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Makes ids that no other call has.</param>
public sealed class StandbyProvider(
    string version,
    Func<ReadOnlyMemory<byte>> schema,
    Func<QingCloudOptions, IQingCloud> connect,
    IEngineLog log,
    TimeProvider time,
    Random random)
    : IProvider
{
    private Configured? _configured;

    /// <inheritdoc/>
    public string Version => version;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Schema => schema();

    private Configured Now => Volatile.Read(ref _configured) ?? throw new PluginException(
        PluginErrorCode.FailedPrecondition, "The provider has not been configured yet: Configure comes before every "
            + "other call.");

    /// <inheritdoc/>
    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(ProviderConfig.Check(request.News));

    /// <summary>No key, zone or endpoint makes another provider: resources say themselves what they depend
    /// on.</summary>
    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(ConfigDiff.Run(request));

    /// <inheritdoc/>
    public Task ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken)
    {
        var settings = ProviderConfig.Read(request.Args);
        var session = new Session(connect(settings.Client), log, time, random);
        var preflight = new Preflight(session, settings.Preflight);
        Volatile.Write(ref _configured, new Configured(
            session,
            new Create(session, preflight),
            new Read(session),
            new Update(session, preflight),
            new Delete(session)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        RequireResource(request.Type);
        var needsZone = !request.News.ContainsKey(Names.Zone) && _configured is not null;
        var defaultZone = needsZone ? await Translated(Now.Session.Cloud.DefaultZoneAsync(cancellationToken)) : null;
        var result = InputCheck.Run(request.News, defaultZone);
        return Declared(request.Urn, result);
    }

    /// <inheritdoc/>
    public Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        RequireResource(request.Type);
        if (_configured is { Session: var session } && StandbyId.Parse(request.Id, defaultZone: null) is { } id)
            session.Incarnations.GoesOn(request.Urn, id, StandbyState.IncarnationOf(request.OldState));

        return Task.FromResult(Diff.Run(request));
    }

    /// <inheritdoc/>
    public Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        RequireResource(request.Type);
        return Now.Create.RunAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ReadResult?> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        RequireResource(request.Type);
        var zone = request.Id.Contains('/', StringComparison.Ordinal)
            ? null
            : await Translated(Now.Session.Cloud.DefaultZoneAsync(cancellationToken));
        return await Now.Read.RunAsync(request, zone, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        RequireResource(request.Type);
        return Now.Update.RunAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken)
    {
        RequireResource(request.Type);
        return Now.Delete.RunAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<InvokeResult> InvokeAsync(
        InvokeRequest request, CancellationToken cancellationToken) => request.Token switch
        {
            Names.GetStandbyReplication =>
                Translated(GetStandbyReplication.RunAsync(Now.Session.Cloud, request.Args, cancellationToken)),
            Names.GetJob => Translated(GetJob.RunAsync(Now.Session.Cloud, request.Args, cancellationToken)),
            _ => throw new PluginException(
                PluginErrorCode.Unimplemented,
                $"\"{request.Token}\" is not a function of {Names.Package}; there are "
                + $"{Names.GetStandbyReplication} and {Names.GetJob}."),
        };

    /// <inheritdoc/>
    public async IAsyncEnumerable<ListedResource> ListAsync(
        ListRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RequireResource(request.Token);
        var links = ListLinks.RunAsync(Now.Session.Cloud, request, cancellationToken);
        var found = links.GetAsyncEnumerator(cancellationToken);
        await using (found)
        {
            while (await Translated(found.MoveNextAsync().AsTask()))
                yield return found.Current;
        }
    }

    /// <summary>Notes what the program declares. Two resources on one cluster would take each other's link away: the
    /// second is refused, before anything is done.</summary>
    private CheckResult Declared(string urn, CheckResult result)
    {
        if (_configured is not { Session: var session }
            || result.Failures.Count > 0
            || StandbyInputs.KnownText(result.Inputs, Names.ClusterId) is not { } cluster
            || StandbyInputs.KnownText(result.Inputs, Names.Zone) is not { } zone
            || session.Incarnations.Declare(
                urn, new StandbyId(zone, cluster), StandbyInputs.Read(result.Inputs)) is not { } other)
        {
            return result;
        }

        var failure = new CheckFailure(
            Names.ClusterId,
            $"{cluster} is the standby of {other} already, and a cluster has one source at most; remove one of the two "
            + "resources.");
        return result with { Failures = [failure] };
    }

    private static void RequireResource(string type)
    {
        if (type != Names.StandbyReplication)
        {
            throw new PluginException(
                PluginErrorCode.Unimplemented, $"\"{type}\" is not a resource of {Names.Package}; there is "
                    + $"{Names.StandbyReplication}.");
        }
    }

    private static async Task<T> Translated<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (QingCloudException error)
        {
            throw Failures.Translate(error);
        }
    }

    private sealed record Configured(Session Session, Create Create, Read Read, Update Update, Delete Delete);
}
