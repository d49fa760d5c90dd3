using QingCloudMySqlStandby.EchoPlugin;
using QingCloudMySqlStandby.Plugin;

return await PluginHost.RunAsync(args, log => new EchoProvider(log));
