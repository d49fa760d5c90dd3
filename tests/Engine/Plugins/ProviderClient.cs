using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin.Protocol;
using CheckFailure = QingCloudMySqlStandby.Plugin.CheckFailure;
using CheckRequest = QingCloudMySqlStandby.Plugin.Protocol.CheckRequest;
using ConfigureRequest = QingCloudMySqlStandby.Plugin.Protocol.ConfigureRequest;
using CreateRequest = QingCloudMySqlStandby.Plugin.Protocol.CreateRequest;
using DeleteRequest = QingCloudMySqlStandby.Plugin.Protocol.DeleteRequest;
using DiffRequest = QingCloudMySqlStandby.Plugin.Protocol.DiffRequest;
using InvokeRequest = QingCloudMySqlStandby.Plugin.Protocol.InvokeRequest;
using ListRequest = QingCloudMySqlStandby.Plugin.Protocol.ListRequest;
using ReadRequest = QingCloudMySqlStandby.Plugin.Protocol.ReadRequest;
using UpdateRequest = QingCloudMySqlStandby.Plugin.Protocol.UpdateRequest;

namespace QingCloudMySqlStandby.Engine.Plugins;

/// <summary>The provider protocol, from the engine's side, in the engine's own terms.</summary>
internal sealed class ProviderClient(ProviderChannel channel) : IProviderCalls
{
    private bool _acceptsSecrets;
    private bool _negotiated;

    /// <summary>The plugin's version, as it reports it.</summary>
    public string Version { get; private set; } = "";

    public async Task HandshakeAsync(string engineAddress, string directory)
    {
        var request = new ProviderHandshakeRequest
        {
            EngineAddress = engineAddress,
            ConfigureWithUrn = true,
            SupportsViews = true,
            SupportsRefreshBeforeUpdate = true,
            InvokeWithPreview = true,
            RootDirectory = directory,
            ProgramDirectory = directory,
        };
        if (await channel.TryAsync(channel.Provider.HandshakeAsync, request) is { } answer)
            (_acceptsSecrets, _negotiated) = (answer.AcceptSecrets, true);

        Version = (await channel.CallAsync(channel.Provider.GetPluginInfoAsync, new Empty(), null)).Version;
    }

    /// <summary>CheckConfig gets no secret wrappers from the real engine; it marks the answer itself.</summary>
    public async Task<CheckAnswer> CheckConfigAsync(Urn urn, PropertyMap olds, PropertyMap news)
    {
        var request = ProviderMessages.NewCheck(urn, Bare(olds), Bare(news));
        if (await channel.TryAsync(channel.Provider.CheckConfigAsync, request, urn) is not { } answer)
            return new CheckAnswer(news, []);

        var check = ReadCheck(answer, news);
        return check with { Inputs = PropertyValues.MarkSecrets(check.Inputs, news) };
    }

    public async Task<DiffAnswer> DiffConfigAsync(
        Urn urn,
        string id,
        PropertyMap oldInputs,
        PropertyMap oldOutputs,
        PropertyMap news
    )
    {
        var request = ProviderMessages.NewDiff(urn, id, Bare(oldInputs), Bare(oldOutputs), Bare(news), []);
        return await channel.TryAsync(channel.Provider.DiffConfigAsync, request, urn) is { } answer
            ? ProviderMessages.ReadDiff(answer)
            : DiffAnswer.None;
    }

    public async Task ConfigureAsync(Urn urn, PropertyMap inputs)
    {
        var request = new ConfigureRequest
        {
            Args = WireValues.Write(inputs),
            AcceptSecrets = true,
            AcceptResources = true,
            SendsOldInputs = true,
            SendsOldInputsToDelete = true,
            Urn = urn.Value,
            Name = urn.Name,
            Type = urn.Type,
        };
        foreach (var (key, value) in inputs.Where(input => input.Key != "version"))
        {
            var bare = PropertyValues.Strip(value);
            request.Variables[$"{Urn.PackageOf(urn.Type)}:config:{key}"] = bare is PropertyValue.TextValue text
                ? text.Value
                : State.PropertyJson.WritePlain(bare);
        }

        var answer = await channel.CallAsync(channel.Provider.ConfigureAsync, request, urn);
        if (!_negotiated)
            _acceptsSecrets = answer.AcceptSecrets;
    }

    public async Task<CheckAnswer> CheckAsync(Urn urn, PropertyMap olds, PropertyMap news) =>
        ReadCheck(
            await channel.CallAsync(
                channel.Provider.CheckAsync,
                ProviderMessages.NewCheck(urn, Write(olds), Write(news)),
                urn
            ),
            news
        );

    public async Task<DiffAnswer> DiffAsync(
        Urn urn,
        string id,
        PropertyMap oldInputs,
        PropertyMap oldOutputs,
        PropertyMap news,
        IReadOnlyList<string> ignoreChanges
    ) =>
        ProviderMessages.ReadDiff(
            await channel.CallAsync(
                channel.Provider.DiffAsync,
                ProviderMessages.NewDiff(urn, id, Write(oldInputs), Write(oldOutputs), Write(news), ignoreChanges),
                urn
            )
        );

    public async Task<ResourceAnswer> CreateAsync(Urn urn, PropertyMap inputs, double timeout, bool preview)
    {
        var request = new CreateRequest
        {
            Urn = urn.Value,
            Name = urn.Name,
            Type = urn.Type,
            Properties = Write(inputs),
            Timeout = timeout,
            Preview = preview,
        };
        var answer = await channel.CallResourceAsync(
            channel.Provider.CreateAsync,
            request,
            urn,
            preview,
            x => new ResourceAnswer(x.Id, Read(x.Properties, inputs), null, x.RefreshBeforeUpdate, null)
        );
        return answer.Id.Length > 0 || preview
            ? answer
            : throw new ProviderFailure(
                "The provider created a resource without an " + "id.",
                isUnknown: true,
                new InvalidDataException()
            );
    }

    public Task<ResourceAnswer> ReadAsync(Urn urn, string id, PropertyMap? inputs, PropertyMap? outputs, double timeout)
    {
        var request = new ReadRequest
        {
            Id = id,
            Urn = urn.Value,
            Name = urn.Name,
            Type = urn.Type,
            Properties = outputs is null ? null : Write(outputs),
            Inputs = inputs is null ? null : Write(inputs),
            Timeout = timeout,
        };
        return channel.CallResourceAsync(
            channel.Provider.ReadAsync,
            request,
            urn,
            preview: false,
            x => new ResourceAnswer(
                x.Id,
                Read(x.Properties, outputs ?? PropertyMap.Empty),
                x.Inputs is null ? null : Read(x.Inputs, inputs ?? PropertyMap.Empty),
                x.RefreshBeforeUpdate,
                null
            )
        );
    }

    public Task<ResourceAnswer> UpdateAsync(
        Urn urn,
        State.ResourceState old,
        PropertyMap news,
        IReadOnlyList<string> ignoreChanges,
        double timeout,
        bool preview
    )
    {
        var request = new UpdateRequest
        {
            Id = old.Id,
            Urn = urn.Value,
            Name = urn.Name,
            Type = urn.Type,
            Olds = Write(old.Outputs),
            OldInputs = Write(old.Inputs),
            News = Write(news),
            Timeout = timeout,
            Preview = preview,
        };
        request.IgnoreChanges.Add(ignoreChanges);
        return channel.CallResourceAsync(
            channel.Provider.UpdateAsync,
            request,
            urn,
            preview,
            x => new ResourceAnswer(old.Id, Read(x.Properties, news), null, x.RefreshBeforeUpdate, null)
        );
    }

    public Task DeleteAsync(State.ResourceState resource) =>
        channel.CallAsync(
            channel.Provider.DeleteAsync,
            new DeleteRequest
            {
                Id = resource.Id,
                Urn = resource.Urn.Value,
                Name = resource.Urn.Name,
                Type = resource.Urn.Type,
                Properties = Write(resource.Outputs),
                OldInputs = Write(resource.Inputs),
                Timeout = resource.Timeouts.Delete,
            },
            resource.Urn
        );

    public async Task<(PropertyMap Return, IReadOnlyList<CheckFailure> Failures)> InvokeAsync(
        string token,
        PropertyMap arguments,
        bool preview
    )
    {
        var request = new InvokeRequest
        {
            Tok = token,
            Args = Write(arguments),
            Preview = preview,
        };
        var answer = await channel.CallAsync(channel.Provider.InvokeAsync, request, urn: null);
        return (
            WireValues.Read(answer.Return),
            [.. answer.Failures.Select(failure => new CheckFailure(failure.Property, failure.Reason))]
        );
    }

    public async Task<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(
        string token,
        PropertyMap query,
        long limit
    )
    {
        var found = new List<KeyValuePair<string, string>>();
        var next = "";
        do
        {
            var request = new ListRequest
            {
                Token = token,
                Query = Write(query),
                Limit = limit,
                ContinuationToken = next,
            };
            next = "";
            await foreach (var answer in channel.ListAsync(request))
            {
                if (answer.ResponseCase == ListResponse.ResponseOneofCase.Result)
                    found.Add(KeyValuePair.Create(answer.Result.Id, answer.Result.Name));

                next = answer.Continuation?.ContinuationToken ?? next;
            }
        } while (next.Length > 0 && (limit == 0 || found.Count < limit));
        return found;
    }

    private CheckAnswer ReadCheck(CheckResponse answer, PropertyMap news) =>
        new(
            Read(answer.Inputs, news),
            [.. answer.Failures.Select(failure => new CheckFailure(failure.Property, failure.Reason))]
        );

    private static Struct Bare(PropertyMap map) => WireValues.Write(PropertyValues.Strip(map));

    private Struct Write(PropertyMap map) => WireValues.Write(_acceptsSecrets ? map : PropertyValues.Strip(map));

    /// <summary>Reads an answer; where the provider cannot hold secrets, they are marked as in what it was
    /// sent.</summary>
    private PropertyMap Read(Struct? fields, PropertyMap sent)
    {
        var map = WireValues.Read(fields);
        return _acceptsSecrets ? map : PropertyValues.MarkSecrets(map, sent);
    }
}
