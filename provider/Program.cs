using System.Reflection;
using QingCloudMySqlStandby.Doctor;
using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Plugin.Hosting;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.QingCloud.Client;
using QingCloudMySqlStandby.QingCloud.Sanitizing;

if (args is ["doctor", .. var rest])
{
    using var client = Client(new QingCloudOptions());
    var doctor = new DoctorCommand(Version(), client, TimeProvider.System);
    return await doctor.RunAsync(rest, Console.Out, Console.Error, CancellationToken.None);
}

if (args.Contains("--help"))
{
    Console.Write(
        """
        A Pulumi resource plugin: the Pulumi engine starts it and speaks to it over gRPC.
        Usage: <plugin> [engine's host:port]   prints its port on the first line and serves
               <plugin> doctor [options]       checks what this provider assumes of QingCloud (doctor --help)
               <plugin> --version | --help

        """
    );
    return 0;
}

return await PluginHost.RunAsync(
    args,
    log => new StandbyProvider(Version(), Schema, Client, log, TimeProvider.System, Random.Shared),
    Sanitizer.WithoutSecrets
);

static QingCloudClient Client(QingCloudOptions options) =>
    new(options, Environment.GetEnvironmentVariable, TimeProvider.System, Random.Shared);

static string Version() =>
    typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
    ?? throw new InvalidOperationException("the build gives this assembly its version");

static ReadOnlyMemory<byte> Schema()
{
    using var schema =
        typeof(Program).Assembly.GetManifestResourceStream("schema.json")
        ?? throw new InvalidOperationException("the build embeds schema.json");
    var bytes = new byte[schema.Length];
    schema.ReadExactly(bytes);
    return bytes;
}
