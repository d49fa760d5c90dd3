using System.Runtime.InteropServices;
using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Driver.Cli;
using QingCloudMySqlStandby.Driver.Echo;
using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Plugin.Hosting;

const string Usage = """
    Issues the provider calls that Pulumi's engine issues for a YAML program, and shows what they lead to.
    Usage: driver preview|up|refresh|destroy|import TYPE NAME ID|stack output [Pulumi's options for it]
           --cwd FOLDER --state FILE [--plugin FILE] [--config KEY=VALUE]... [--secret KEY=VALUE]...
           driver echo [engine's host:port]   a plugin that gives back what it gets
    """;

if (args is ["echo", .. var rest])
    return await PluginHost.RunAsync(rest, log => new EchoProvider(log), message => message);

var (words, settings) = (new List<string>(), new List<KeyValuePair<string, string>>());
for (var i = 0; i < args.Length; i++)
{
    if (args[i] is "--cwd" or "--state" or "--plugin" or "--config" or "--secret" && i + 1 < args.Length)
        settings.Add(KeyValuePair.Create(args[i], args[++i]));
    else
        words.Add(args[i]);
}

if (words.Count == 0 || Setting("--cwd") is not { } folder || Setting("--state") is not { } state)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

using var interrupted = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(
    PosixSignal.SIGINT,
    signal =>
    {
        signal.Cancel = true;
        interrupted.Cancel();
    }
);
try
{
    var command = new Command(folder, state, Configuration(), Setting("--plugin"), Console.Out);
    return await command.RunAsync(words, interrupted.Token) ? 0 : 1;
}
catch (DriverException failure)
{
    Console.Error.WriteLine($"error: {failure.Message}");
    return 2;
}

string? Setting(string name) => settings.Find(setting => setting.Key == name).Value;

PropertyMap Configuration() =>
    PropertyMap.From(
        from setting in settings
        where setting.Key is "--config" or "--secret"
        let pair = setting.Value.Split('=', 2)
        let value = PropertyValue.Of(pair[^1])
        select KeyValuePair.Create(pair[0], setting.Key == "--secret" ? value.AsSecret() : value)
    );
