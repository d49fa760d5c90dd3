using QingCloudMySqlStandby.Engine.TestPlugin;
using QingCloudMySqlStandby.Plugin;

// A plugin for tests of the engine. TEST_PLUGIN says how it misbehaves.
var fault = Environment.GetEnvironmentVariable("TEST_PLUGIN");
if (fault == "talk")
{
    Console.WriteLine("Hello, this is no port.");
}

var cloud = new TestCloud();
if (fault == "wait")
{
    cloud.OnCreate = async (request, cancellationToken) =>
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            throw new ResourceInitException("t-1", request.Inputs, request.Inputs, ["was cancelled"]);
        }

        return new CreateResult("", request.Inputs);
    };
}

var code = await PluginHost.RunAsync(args, log => new TestProvider(cloud, log));
return fault == "end badly" ? 3 : code;
