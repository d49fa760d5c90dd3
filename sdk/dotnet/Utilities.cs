using System.Reflection;

namespace Pulumi.QingCloudMySqlStandby;

/// <summary>What every resource and function of the package shares.</summary>
internal static class Utilities
{
    /// <summary>Where the engine gets the plugin from when it is not installed.</summary>
    public const string PluginDownloadUrl = "github://api.github.com/pulumi-qingcloud/pulumi-qingcloud-mysql-standby";

    /// <summary>The package's version; the engine looks for the plugin of the same.</summary>
    public static string Version { get; } =
        typeof(Utilities).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Marks an input as a secret, which it stays in the state and in all output.</summary>
    public static Input<string>? AsSecret(Input<string>? value)
    {
        if (value is null)
        {
            return null;
        }

        return Output.CreateSecret(value.ToOutput());
    }

    public static InvokeOptions WithDefaults(this InvokeOptions? options)
    {
        var complete = options ?? new InvokeOptions();
        complete.Version ??= Version;
        complete.PluginDownloadURL ??= PluginDownloadUrl;
        return complete;
    }

    public static InvokeOutputOptions WithDefaults(this InvokeOutputOptions? options)
    {
        var complete = options ?? new InvokeOutputOptions();
        complete.Version ??= Version;
        complete.PluginDownloadURL ??= PluginDownloadUrl;
        return complete;
    }
}

/// <summary>Gives the SDK the class of a type token, at this package's version.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class QingCloudMySqlStandbyResourceTypeAttribute(string type)
    : ResourceTypeAttribute(type, Utilities.Version);
