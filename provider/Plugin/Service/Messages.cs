using QingCloudMySqlStandby.Plugin.Values;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>Reads the protocol's requests in the provider's terms, and writes the provider's results in the
/// protocol's.</summary>
internal static class Messages
{
    public static CheckRequest Read(Wire.CheckRequest request) =>
        new(
            request.Urn,
            ResourceType.Of(request.Type, request.Urn),
            StructReader.Read(request.Olds),
            StructReader.Read(request.News)
        );

    public static DiffRequest Read(Wire.DiffRequest request) =>
        new(
            request.Id,
            request.Urn,
            ResourceType.Of(request.Type, request.Urn),
            StructReader.Read(request.Olds),
            StructReader.Read(request.OldInputs),
            StructReader.Read(request.News),
            [.. request.IgnoreChanges]
        );

    /// <summary>Old engines send the configuration as <c>package:name</c>, with strings only.</summary>
    public static ConfigureRequest Read(Wire.ConfigureRequest request) =>
        new(
            request.Args is not null
                ? StructReader.Read(request.Args)
                : PropertyMap.From(
                    request.Variables.Select(variable =>
                        KeyValuePair.Create(variable.Key.Split(':')[^1], PropertyValue.Of(variable.Value))
                    )
                )
        );

    public static CreateRequest Read(Wire.CreateRequest request) =>
        new(
            request.Urn,
            ResourceType.Of(request.Type, request.Urn),
            StructReader.Read(request.Properties),
            CallTimeout.Of(request.Timeout),
            request.Preview
        );

    public static ReadRequest Read(Wire.ReadRequest request) =>
        new(
            request.Id,
            request.Urn,
            ResourceType.Of(request.Type, request.Urn),
            StructReader.Read(request.Properties),
            StructReader.Read(request.Inputs),
            CallTimeout.Of(request.Timeout)
        );

    public static UpdateRequest Read(Wire.UpdateRequest request) =>
        new(
            request.Id,
            request.Urn,
            ResourceType.Of(request.Type, request.Urn),
            StructReader.Read(request.Olds),
            StructReader.Read(request.OldInputs),
            StructReader.Read(request.News),
            CallTimeout.Of(request.Timeout),
            request.Preview
        );

    public static DeleteRequest Read(Wire.DeleteRequest request) =>
        new(
            request.Id,
            request.Urn,
            ResourceType.Of(request.Type, request.Urn),
            StructReader.Read(request.Properties),
            StructReader.Read(request.OldInputs),
            CallTimeout.Of(request.Timeout)
        );

    public static InvokeRequest Read(Wire.InvokeRequest request) => new(request.Tok, StructReader.Read(request.Args));

    public static ListRequest Read(Wire.ListRequest request) =>
        new(
            request.Token,
            StructReader.Read(request.Query),
            request.Limit,
            request.PageSize,
            request.ContinuationToken
        );

    public static Wire.CheckResponse Write(CheckResult result) =>
        new() { Inputs = StructWriter.Write(result.Inputs), Failures = { result.Failures.Select(Write) } };

    public static Wire.CreateResponse Write(CreateResult result) =>
        new() { Id = result.Id, Properties = StructWriter.Write(result.State) };

    /// <summary>An answer without an id says that the resource was deleted.</summary>
    public static Wire.ReadResponse Write(ReadResult? result) =>
        result is null
            ? new()
            : new()
            {
                Id = result.Id,
                Properties = StructWriter.Write(result.State),
                Inputs = result.Inputs is { } inputs ? StructWriter.Write(inputs) : null,
            };

    public static Wire.UpdateResponse Write(UpdateResult result) =>
        new() { Properties = StructWriter.Write(result.State) };

    public static Wire.InvokeResponse Write(InvokeResult result) =>
        new() { Return = StructWriter.Write(result.Return), Failures = { result.Failures.Select(Write) } };

    public static Wire.ListResponse Write(ListedResource resource) =>
        resource.ContinuationToken is { } token
            ? new() { Continuation = new() { ContinuationToken = token } }
            : new()
            {
                Result = new() { Id = resource.Id, Name = resource.Name },
            };

    private static Wire.CheckFailure Write(CheckFailure failure) =>
        new() { Property = failure.Property, Reason = failure.Reason };
}
