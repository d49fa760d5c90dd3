using System.Runtime.InteropServices;

namespace QingCloudMySqlStandby.QingCloud.Network;

/// <summary>OpenSSL, which .NET loads on Linux for TLS. Where there is none, .NET ends the process instead of the call:
/// whoever is about to use TLS asks here first.</summary>
internal static class TlsLibrary
{
    private const string ForcedVersion = "CLR_OPENSSL_VERSION_OVERRIDE";

    /// <summary>The names that .NET tries, newest first.</summary>
    private static readonly string[] Names =
    [
        "libssl.so.3",
        "libssl.so.1.1",
        "libssl.so.1.0.2",
        "libssl.so.1.0.0",
        "libssl.so.10",
    ];

    private static readonly Lazy<string?> OfThisMachine = new(() =>
        OperatingSystem.IsLinux() ? Problem(IsThere, Environment.GetEnvironmentVariable) : null
    );

    /// <summary>Why this machine cannot use TLS, as a sentence; null where it can.</summary>
    public static string? MachineProblem => OfThisMachine.Value;

    /// <summary>The same for a machine with these libraries.</summary>
    public static string? Problem(Func<string, bool> isThere, Func<string, string?> environment)
    {
        var forced = environment(ForcedVersion) is { Length: > 0 } version ? new[] { $"libssl.so.{version}" } : [];
        return forced.Concat(Names).Any(isThere)
            ? null
            : "OpenSSL is not installed (libssl.so.3 or libssl.so.1.1), and https needs it: install the package libssl3 "
                + "(Debian 12, Ubuntu, Alpine) or openssl-libs (Red Hat, Fedora).";
    }

    private static bool IsThere(string name)
    {
        if (!NativeLibrary.TryLoad(name, out var library))
            return false;

        NativeLibrary.Free(library);
        return true;
    }
}
