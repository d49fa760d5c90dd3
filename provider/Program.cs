using System.Reflection;
using QingCloudMySqlStandby.Plugin.Hosting;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.QingCloud.Client;
using QingCloudMySqlStandby.Standby;

return await PluginHost.RunAsync(args, log => new StandbyProvider(
    Version(),
    Schema,
    options => new QingCloudClient(options, Environment.GetEnvironmentVariable, TimeProvider.System, Random.Shared),
    log,
    TimeProvider.System,
    Random.Shared));

static string Version() =>
    typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
    ?? throw new InvalidOperationException("the build gives this assembly its version");

static ReadOnlyMemory<byte> Schema()
{
    using var schema = typeof(Program).Assembly.GetManifestResourceStream("schema.json")
        ?? throw new InvalidOperationException("the build embeds schema.json");
    var bytes = new byte[schema.Length];
    schema.ReadExactly(bytes);
    return bytes;
}
