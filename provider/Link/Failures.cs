namespace QingCloudMySqlStandby.Link;

/// <summary>Turns the API client's failures into the plugin's: which of them say that nothing happened.</summary>
internal static class Failures
{
    public static PluginException Translate(QingCloudException error) => new(CodeOf(error.Kind), error.Message, error);

    private static PluginErrorCode CodeOf(FailureKind kind) =>
        kind switch
        {
            FailureKind.NoCredentials or FailureKind.Unauthenticated => PluginErrorCode.Unauthenticated,
            FailureKind.PermissionDenied => PluginErrorCode.PermissionDenied,
            FailureKind.InvalidRequest => PluginErrorCode.InvalidArgument,
            FailureKind.Temporary or FailureKind.Unreachable => PluginErrorCode.Unavailable,
            FailureKind.Ambiguous => PluginErrorCode.Unknown,
            _ => PluginErrorCode.FailedPrecondition,
        };
}
