using Google.Protobuf;

namespace QingCloudMySqlStandby.Plugin.Grpc;

/// <summary>A method's name and the messages it takes and gives; server and client share it.</summary>
/// <param name="Path">Its HTTP path, <c>/package.Service/Method</c>.</param>
internal sealed record GrpcMethod<TRequest, TResponse>(string Path)
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new();
