using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>Turns the API client's failures into the plugin's: which of them say that nothing happened.</summary>
internal static class Failures
{
    public static async Task<T> TranslateAsync<T>(Operation operation, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (QingCloudException error)
        {
            throw Translate(error);
        }
        catch (OperationCanceledException cancelled) when (operation.Token.IsCancellationRequested)
        {
            var last = cancelled.InnerException is QingCloudException error ? $" The last call failed: {error.Message}" : "";
            throw new PluginException(PluginErrorCode.Cancelled, $"{operation.Interruption}; nothing was changed.{last}", cancelled);
        }
    }

    public static PluginException Translate(QingCloudException error) => new(CodeOf(error.Kind), error.Message, error);

    private static PluginErrorCode CodeOf(FailureKind kind) => kind switch
    {
        FailureKind.NoCredentials or FailureKind.Unauthenticated => PluginErrorCode.Unauthenticated,
        FailureKind.PermissionDenied => PluginErrorCode.PermissionDenied,
        FailureKind.InvalidRequest => PluginErrorCode.InvalidArgument,
        FailureKind.Temporary or FailureKind.Unreachable => PluginErrorCode.Unavailable,
        FailureKind.Ambiguous => PluginErrorCode.Unknown,
        _ => PluginErrorCode.FailedPrecondition,
    };
}
