using System.Text;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using QingCloudMySqlStandby.Plugin.Values;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>Pulumi's provider protocol. What concerns the plugin as a process is answered here; what concerns resources
/// and configuration becomes a call of the provider, and its result the answer.</summary>
/// <param name="provider">The provider.</param>
/// <param name="engines">Whose calls these are.</param>
/// <param name="clean">Takes out of a message what must not be shown.</param>
internal sealed class ProviderService(Lazy<IProvider> provider, AttachedEngines engines, Func<string, string> clean)
    : Wire.ResourceProvider.ResourceProviderBase
{
    private IProvider Provider => provider.Value;

    public override Task<Wire.ProviderHandshakeResponse> Handshake(
        Wire.ProviderHandshakeRequest request,
        ServerCallContext context
    )
    {
        engines.Attach(request.EngineAddress, context);
        return Task.FromResult(
            new Wire.ProviderHandshakeResponse
            {
                AcceptSecrets = true,
                AcceptResources = true,
                AcceptOutputs = true,
            }
        );
    }

    public override Task<Empty> Attach(Wire.PluginAttach request, ServerCallContext context)
    {
        engines.Attach(request.Address, context);
        return Task.FromResult(new Empty());
    }

    /// <summary>The engine calls it at Ctrl-C and before every normal end; it does not wait for the calls.</summary>
    public override Task<Empty> Cancel(Empty request, ServerCallContext context)
    {
        engines.Cancel(context);
        return Task.FromResult(new Empty());
    }

    public override Task<Wire.PluginInfo> GetPluginInfo(Empty request, ServerCallContext context) =>
        Task.FromResult(new Wire.PluginInfo { Version = Failure.Guard(() => Provider.Version, clean) });

    public override Task<Wire.GetSchemaResponse> GetSchema(Wire.GetSchemaRequest request, ServerCallContext context)
    {
        if (request.SubpackageName.Length > 0)
        {
            throw new RpcException(
                new Status(StatusCode.InvalidArgument, $"This provider has no sub-package '{request.SubpackageName}'.")
            );
        }

        var schema = Failure.Guard(() => Provider.Schema, clean);
        return Task.FromResult(new Wire.GetSchemaResponse { Schema = Encoding.UTF8.GetString(schema.Span) });
    }

    public override Task<Wire.CheckResponse> CheckConfig(Wire.CheckRequest request, ServerCallContext context) =>
        RunAsync(
            context,
            request.Urn,
            async token => Messages.Write(Clean(await Provider.CheckConfigAsync(Messages.Read(request), token)))
        );

    public override Task<Wire.DiffResponse> DiffConfig(Wire.DiffRequest request, ServerCallContext context) =>
        RunAsync(
            context,
            request.Urn,
            async token =>
                DiffAnswer.Of(await Provider.DiffConfigAsync(Messages.Read(request), token), request.IgnoreChanges)
        );

    public override Task<Wire.ConfigureResponse> Configure(Wire.ConfigureRequest request, ServerCallContext context) =>
        RunAsync(
            context,
            "",
            async token =>
            {
                await Provider.ConfigureAsync(Messages.Read(request), token);
                return new Wire.ConfigureResponse
                {
                    AcceptSecrets = true,
                    AcceptResources = true,
                    AcceptOutputs = true,
                    SupportsPreview = true,
                };
            }
        );

    public override Task<Wire.CheckResponse> Check(Wire.CheckRequest request, ServerCallContext context) =>
        RunAsync(
            context,
            request.Urn,
            async token => Messages.Write(Clean(await Provider.CheckAsync(Messages.Read(request), token)))
        );

    public override Task<Wire.DiffResponse> Diff(Wire.DiffRequest request, ServerCallContext context) =>
        RunAsync(
            context,
            request.Urn,
            async token => DiffAnswer.Of(await Provider.DiffAsync(Messages.Read(request), token), request.IgnoreChanges)
        );

    public override Task<Wire.CreateResponse> Create(Wire.CreateRequest request, ServerCallContext context) =>
        RunAsync(
            context,
            request.Urn,
            async token => Messages.Write(await Provider.CreateAsync(Messages.Read(request), token))
        );

    public override Task<Wire.ReadResponse> Read(Wire.ReadRequest request, ServerCallContext context) =>
        RunAsync(
            context,
            request.Urn,
            async token => Messages.Write(await Provider.ReadAsync(Messages.Read(request), token))
        );

    public override Task<Wire.UpdateResponse> Update(Wire.UpdateRequest request, ServerCallContext context) =>
        RunAsync(
            context,
            request.Urn,
            async token => Messages.Write(await Provider.UpdateAsync(Messages.Read(request), token))
        );

    public override Task<Empty> Delete(Wire.DeleteRequest request, ServerCallContext context) =>
        RunAsync(
            context,
            request.Urn,
            async token =>
            {
                await Provider.DeleteAsync(Messages.Read(request), token);
                return new Empty();
            }
        );

    public override Task<Wire.InvokeResponse> Invoke(Wire.InvokeRequest request, ServerCallContext context) =>
        RunAsync(
            context,
            "",
            async token => Messages.Write(Clean(await Provider.InvokeAsync(Messages.Read(request), token)))
        );

    public override Task List(
        Wire.ListRequest request,
        IServerStreamWriter<Wire.ListResponse> answers,
        ServerCallContext context
    ) =>
        RunAsync(
            context,
            "",
            async token =>
            {
                var list = Messages.Read(request);
                if (list.Query.Values.Any(value => value.HasUnknowns))
                {
                    await answers.WriteAsync(new() { Computed = new() }, token);
                    return true;
                }

                await foreach (var found in Provider.ListAsync(list, token))
                    await answers.WriteAsync(Messages.Write(found), token);

                return true;
            }
        );

    /// <summary>Makes a call of the provider and words its failure for the engine. What it logged reaches the engine
    /// before its answer does.</summary>
    private async Task<T> RunAsync<T>(ServerCallContext context, string urn, Func<CancellationToken, Task<T>> call)
    {
        using var running = engines.Begin(context, urn);
        try
        {
            running.Token.ThrowIfCancellationRequested();
            return await call(running.Token);
        }
        catch (OperationCanceledException) when (running.Token.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
        }
        catch (Exception e)
        {
            throw Failure.Of(e, clean);
        }
        finally
        {
            await running.Engine.Log.FlushAsync();
        }
    }

    private CheckResult Clean(CheckResult result) => result with { Failures = [.. result.Failures.Select(Clean)] };

    private InvokeResult Clean(InvokeResult result) => result with { Failures = [.. result.Failures.Select(Clean)] };

    private CheckFailure Clean(CheckFailure failure) => failure with { Reason = clean(failure.Reason) };
}
