using QingCloudMySqlStandby.Plugin.Hosting;
using QingCloudMySqlStandby.TestPlugin;

// A plugin for tests. TEST_PLUGIN makes it an echo, or says how it misbehaves; TEST_THINGS names the directory of
// things that are to last.
var kind = Environment.GetEnvironmentVariable("TEST_PLUGIN");
if (kind == "talk")
    Console.WriteLine("Hello, this is no port.");

var cloud = new TestCloud();
if (kind == "wait")
{
    cloud.OnCreate = async (request, cancellationToken) =>
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw new ResourceInitException("t-1", request.Inputs, request.Inputs, ["was cancelled"]);
    };
}

var code = await PluginHost.RunAsync(
    args,
    log =>
        (kind, Environment.GetEnvironmentVariable("TEST_THINGS")) switch
        {
            ("echo", _) => new EchoProvider(log),
            (_, { } directory) => new KeepingProvider(new TestProvider(cloud, log), new ThingStore(directory)),
            _ => new TestProvider(cloud, log),
        },
    message => message
);
return kind == "end badly" ? 3 : code;
