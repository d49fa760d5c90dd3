using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Plugin.Grpc;
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
internal sealed class ProviderClient(GrpcClient grpc, RunLog log, CancellationToken abandoned)
{
    private bool _acceptsSecrets;
    private bool _negotiated;

    /// <summary>The plugin's version, as it told it.</summary>
    public string Version { get; private set; } = "";

    public async Task HandshakeAsync(string engineAddress, string? directory, bool attach)
    {
        var request = new ProviderHandshakeRequest
        {
            EngineAddress = engineAddress,
            ConfigureWithUrn = true,
            SupportsViews = true,
            SupportsRefreshBeforeUpdate = true,
            InvokeWithPreview = true,
        };
        if (directory is not null)
        {
            request.RootDirectory = directory;
            request.ProgramDirectory = directory;
        }

        if (await TryAsync(ProviderMethods.Handshake, request) is { } answer)
        {
            (_acceptsSecrets, _negotiated) = (answer.AcceptSecrets, true);
        }

        if (attach)
        {
            await TryAsync(ProviderMethods.Attach, new PluginAttach { Address = engineAddress });
        }

        Version = (await CallAsync(ProviderMethods.GetPluginInfo, new Empty(), null)).Version;
    }

    /// <summary>CheckConfig gets no secret wrappers from the real engine; it marks the answer itself.</summary>
    public async Task<CheckAnswer> CheckConfigAsync(Urn urn, PropertyMap olds, PropertyMap news)
    {
        var request = NewCheck(urn, WireValues.Write(PropertyValues.Strip(olds)), WireValues.Write(PropertyValues.Strip(news)));
        if (await TryAsync(ProviderMethods.CheckConfig, request, urn) is not { } answer)
        {
            return new CheckAnswer(news, []);
        }

        var check = ReadCheck(answer, news);
        return check with { Inputs = PropertyValues.MarkSecrets(check.Inputs, news) };
    }

    public async Task<DiffAnswer> DiffConfigAsync(Urn urn, string id, PropertyMap oldInputs, PropertyMap oldOutputs, PropertyMap news)
    {
        var request = NewDiff(urn, id, PropertyValues.Strip(oldInputs), PropertyValues.Strip(oldOutputs), PropertyValues.Strip(news), []);
        return await TryAsync(ProviderMethods.DiffConfig, request, urn) is { } answer ? ReadDiff(answer) : DiffAnswer.None;
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
        };
        foreach (var (key, value) in inputs.Where(input => input.Key != "version"))
        {
            var bare = PropertyValues.Strip(value);
            request.Variables[$"{Urn.PackageOf(urn.Type)}:config:{key}"] =
                bare is PropertyValue.TextValue text ? text.Value : State.PropertyJson.WritePlain(bare);
        }

        var answer = await CallAsync(ProviderMethods.Configure, request, urn);
        if (!_negotiated)
        {
            _acceptsSecrets = answer.AcceptSecrets;
        }
    }

    public async Task<CheckAnswer> CheckAsync(Urn urn, PropertyMap olds, PropertyMap news) =>
        ReadCheck(await CallAsync(ProviderMethods.Check, NewCheck(urn, Write(olds), Write(news)), urn), news);

    public async Task<DiffAnswer> DiffAsync(
        Urn urn, string id, PropertyMap oldInputs, PropertyMap oldOutputs, PropertyMap news, IReadOnlyList<string> ignoreChanges) =>
        ReadDiff(await CallAsync(ProviderMethods.Diff, NewDiff(urn, id, oldInputs, oldOutputs, news, ignoreChanges), urn));

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
        var answer = await CallResourceAsync(
            ProviderMethods.Create, request, urn, preview, x => new ResourceAnswer(x.Id, Read(x.Properties, inputs), null, x.RefreshBeforeUpdate, null));
        return answer.Id.Length > 0 || preview
            ? answer
            : throw new ProviderFailure("The provider created a resource without an id.", isUnknown: true, new InvalidDataException());
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
        return CallResourceAsync(
            ProviderMethods.Read,
            request,
            urn,
            preview: false,
            x => new ResourceAnswer(
                x.Id,
                Read(x.Properties, outputs ?? PropertyMap.Empty),
                x.Inputs is null ? null : Read(x.Inputs, inputs ?? PropertyMap.Empty),
                x.RefreshBeforeUpdate,
                null));
    }

    public Task<ResourceAnswer> UpdateAsync(
        Urn urn,
        State.ResourceState old,
        PropertyMap news,
        IReadOnlyList<string> ignoreChanges,
        double timeout,
        bool preview)
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
        return CallResourceAsync(
            ProviderMethods.Update,
            request,
            urn,
            preview,
            x => new ResourceAnswer(old.Id, Read(x.Properties, news), null, x.RefreshBeforeUpdate, null));
    }

    public Task DeleteAsync(State.ResourceState resource) => CallAsync(
        ProviderMethods.Delete,
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
        resource.Urn);

    public async Task<(PropertyMap Return, IReadOnlyList<CheckFailure> Failures)> InvokeAsync(
        string token, PropertyMap arguments, bool preview)
    {
        var request = new InvokeRequest { Tok = token, Args = Write(arguments), Preview = preview };
        var answer = await CallAsync(ProviderMethods.Invoke, request, urn: null);
        return (WireValues.Read(answer.Return), [.. answer.Failures.Select(failure => new CheckFailure(failure.Property, failure.Reason))]);
    }

    public async Task<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string token, PropertyMap query, long limit)
    {
        log.Add(new ProviderCall("List", null, Preview: false));
        var found = new List<KeyValuePair<string, string>>();
        var next = "";
        do
        {
            next = await ListPageAsync(new ListRequest { Token = token, Query = Write(query), Limit = limit, ContinuationToken = next }, found);
        }
        while (next.Length > 0 && (limit == 0 || found.Count < limit));
        return found;
    }

    private async Task<string> ListPageAsync(ListRequest request, List<KeyValuePair<string, string>> found)
    {
        var next = "";
        try
        {
            await foreach (var answer in grpc.StreamAsync(ProviderMethods.List, request, abandoned))
            {
                if (answer.ResponseCase == ListResponse.ResponseOneofCase.Result)
                {
                    found.Add(KeyValuePair.Create(answer.Result.Id, answer.Result.Name));
                }

                next = answer.Continuation?.ContinuationToken ?? next;
            }

            return next;
        }
        catch (RpcException exception)
        {
            throw new ProviderFailure(exception.Message, isUnknown: false, exception);
        }
    }

    /// <summary>Asks the provider to end its operations; false when it did not answer.</summary>
    public async Task<bool> CancelAsync(TimeSpan patience)
    {
        try
        {
            await grpc.CallAsync(ProviderMethods.Cancel, new Empty(), abandoned, patience).WaitAsync(patience, abandoned);
            return true;
        }
        catch (RpcException exception) when (exception.Status.Code == StatusCode.Unimplemented)
        {
            return true;
        }
        catch (Exception exception) when (exception is RpcException or TimeoutException)
        {
            return false;
        }
    }

    private static CheckRequest NewCheck(Urn urn, Struct olds, Struct news) => new()
    {
        Urn = urn.Value,
        Name = urn.Name,
        Type = urn.Type,
        Olds = olds,
        News = news,
        RandomSeed = ByteString.CopyFrom(new byte[32]),
    };

    private DiffRequest NewDiff(
        Urn urn, string id, PropertyMap oldInputs, PropertyMap oldOutputs, PropertyMap news, IReadOnlyList<string> ignoreChanges)
    {
        var request = new DiffRequest
        {
            Id = id,
            Urn = urn.Value,
            Name = urn.Name,
            Type = urn.Type,
            Olds = Write(oldOutputs),
            OldInputs = Write(oldInputs),
            News = Write(news),
        };
        request.IgnoreChanges.Add(ignoreChanges);
        return request;
    }

    private static DiffAnswer ReadDiff(DiffResponse answer)
    {
        var changes = answer.HasDetailedDiff || answer.DetailedDiff.Count > 0
            ? answer.DetailedDiff.ToDictionary(entry => entry.Key, entry => (PropertyChangeKind)entry.Value.Kind, StringComparer.Ordinal)
            : answer.Diffs.ToDictionary(
                key => key,
                key => answer.Replaces.Contains(key) ? PropertyChangeKind.UpdateReplace : PropertyChangeKind.Update,
                StringComparer.Ordinal);
        return new DiffAnswer((DiffVerdict)answer.Changes, changes, answer.Replaces.Count > 0, answer.DeleteBeforeReplace);
    }

    private CheckAnswer ReadCheck(CheckResponse answer, PropertyMap news) => new(
        Read(answer.Inputs, news), [.. answer.Failures.Select(failure => new CheckFailure(failure.Property, failure.Reason))]);

    private Struct Write(PropertyMap map) => WireValues.Write(_acceptsSecrets ? map : PropertyValues.Strip(map));

    /// <summary>Reads an answer; where the provider cannot hold secrets, they are marked as in what it was sent.</summary>
    private PropertyMap Read(Struct? fields, PropertyMap sent)
    {
        var map = WireValues.Read(fields);
        return _acceptsSecrets ? map : PropertyValues.MarkSecrets(map, sent);
    }

    private async Task<ResourceAnswer> CallResourceAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, Urn urn, bool preview, Func<TResponse, ResourceAnswer> read)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        ResourceAnswer answer;
        try
        {
            answer = read(await CallAsync(method, request, urn, preview));
        }
        catch (ProviderFailure failure) when (failure.InnerException is RpcException { Status: var status }
            && StatusDetails.FindInitFailure(status) is { } partial)
        {
            answer = new ResourceAnswer(
                partial.Id,
                WireValues.Read(partial.Properties),
                partial.Inputs is null ? null : WireValues.Read(partial.Inputs),
                partial.RefreshBeforeUpdate,
                partial.Reasons);
        }

        return preview || !PropertyValues.HasUnknowns(answer.Outputs)
            ? answer
            : throw new ProviderFailure(
                $"{method.Path} answered with unknown values outside a preview.", isUnknown: true, new InvalidDataException());
    }

    private async Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, Urn? urn, bool preview = false)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        log.Add(new ProviderCall(method.Path[(method.Path.LastIndexOf('/') + 1)..], urn, preview));
        try
        {
            return await grpc.CallAsync(method, request, abandoned);
        }
        catch (RpcException exception)
        {
            var isUnknown = exception.Status.Code is StatusCode.Internal or StatusCode.Unknown or StatusCode.DataLoss;
            throw new ProviderFailure(exception.Message, isUnknown, exception);
        }
    }

    /// <summary>Calls a method that a provider need not have; null when it has it not.</summary>
    private async Task<TResponse?> TryAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, Urn? urn = null)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        try
        {
            return await CallAsync(method, request, urn);
        }
        catch (ProviderFailure failure) when (failure.InnerException is RpcException { Status.Code: StatusCode.Unimplemented })
        {
            return null;
        }
    }
}
