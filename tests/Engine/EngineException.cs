namespace QingCloudMySqlStandby.Engine;

/// <summary>Something that the user of the engine did or has to fix: a wrong program, option, file or
/// passphrase.</summary>
internal sealed class EngineException(string message, Exception? innerException = null)
    : Exception(message, innerException);
