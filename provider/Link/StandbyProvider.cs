using System.Runtime.CompilerServices;
using QingCloudMySqlStandby.Link.Configuration;
using QingCloudMySqlStandby.Link.Functions;

namespace QingCloudMySqlStandby.Link;

/// <summary>The provider: hands each request to the file that says what happens on it.</summary>
/// <param name="version">The provider's version.</param>
/// <param name="schema">Reads the package schema.</param>
/// <param name="connect">Makes the API client for a configuration; it must be cheap, as previews may never
/// call.</param>
/// <param name="log">The engine's log.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Makes ids that no other call has.</param>
internal sealed class StandbyProvider(
    string version,
    Func<ReadOnlyMemory<byte>> schema,
    Func<QingCloudOptions, IQingCloud> connect,
    IEngineLog log,
    TimeProvider time,
    Random random
) : IProvider
{
    private Session? _session;

    /// <inheritdoc/>
    public string Version => version;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Schema => schema();

    private Session Session =>
        Volatile.Read(ref _session)
        ?? throw new PluginException(
            PluginErrorCode.FailedPrecondition,
            "The provider has not been configured yet: Configure comes before every " + "other call."
        );

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
        var session = new Session(connect(settings.Client), log, time, random, settings.Preflight);
        Volatile.Write(ref _session, session);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        RequireResource(request.Type);
        var zone = await DefaultZoneAsync(request, cancellationToken);
        var result = _session is { } session
            ? new StandbyReplication(session).Check(request, zone)
            : InputCheck.Run(request.News, zone);
        foreach (var warning in InputCheck.Warnings(result.Inputs))
            log.Warning(request.Urn, warning);

        return result;
    }

    /// <summary>The zone where the program names none: that of the last update, for the same cluster does not move
    /// when another machine has another default.</summary>
    private async Task<string?> DefaultZoneAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        if (!InputCheck.NeedsZone(request.News))
            return null;
        if (InputCheck.ZoneOfLastUpdate(request.Olds, request.News) is { } last)
            return last;

        return _session is null ? null : await Translated(Session.Cloud.DefaultZoneAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        RequireResource(request.Type);
        return Task.FromResult(
            _session is { } session ? new StandbyReplication(session).Diff(request) : Diff.Run(request)
        );
    }

    /// <inheritdoc/>
    public Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken) =>
        new StandbyReplication(SessionFor(request.Type)).CreateAsync(request, cancellationToken);

    /// <inheritdoc/>
    public async Task<ReadResult?> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        var session = SessionFor(request.Type);
        var zone = request.Id.Contains('/', StringComparison.Ordinal)
            ? null
            : await Translated(session.Cloud.DefaultZoneAsync(cancellationToken));
        return await new StandbyReplication(session).ReadAsync(request, zone, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) =>
        new StandbyReplication(SessionFor(request.Type)).UpdateAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) =>
        new StandbyReplication(SessionFor(request.Type)).DeleteAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<InvokeResult> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken) =>
        request.Token switch
        {
            Names.GetStandbyReplication => Translated(
                GetStandbyReplication.RunAsync(Session.Cloud, Session.Time, request.Args, cancellationToken)
            ),
            Names.GetStandbyHealth => Translated(
                GetStandbyHealth.RunAsync(Session.Cloud, Session.Time, request.Args, cancellationToken)
            ),
            Names.GetJob => Translated(GetJob.RunAsync(Session.Cloud, request.Args, cancellationToken)),
            _ => throw new PluginException(
                PluginErrorCode.Unimplemented,
                $"\"{request.Token}\" is not a function of {Names.Package}; there are "
                    + $"{Names.GetStandbyReplication}, {Names.GetStandbyHealth} and {Names.GetJob}."
            ),
        };

    /// <inheritdoc/>
    public async IAsyncEnumerable<ListedResource> ListAsync(
        ListRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var session = SessionFor(request.Token);
        var links = ListLinks.RunAsync(session.Cloud, session.Time, request, cancellationToken);
        await using var found = links.GetAsyncEnumerator(cancellationToken);
        while (await Translated(found.MoveNextAsync().AsTask()))
            yield return found.Current;
    }

    private Session SessionFor(string type)
    {
        RequireResource(type);
        return Session;
    }

    private static void RequireResource(string type)
    {
        if (type != Names.StandbyReplication)
        {
            throw new PluginException(
                PluginErrorCode.Unimplemented,
                $"\"{type}\" is not a resource of {Names.Package}; there is " + $"{Names.StandbyReplication}."
            );
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
}
