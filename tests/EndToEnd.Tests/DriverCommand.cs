using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.EndToEnd.Tests;

/// <summary>The driver's command on one stack of an example, in Pulumi's place.</summary>
/// <param name="program">The folder of Pulumi.yaml.</param>
/// <param name="endpoint">The address of QingCloud.</param>
/// <param name="hasCredentials">Whether the access key is configured.</param>
/// <param name="environment">Changes of the plugin's environment.</param>
internal sealed class DriverCommand(
    string program,
    string endpoint,
    bool hasCredentials = true,
    IReadOnlyDictionary<string, string?>? environment = null
) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("driver-");

    /// <summary>Runs a command that has to succeed.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> CheckAsync(params string[] words)
    {
        await using var output = new StringWriter();
        var state = Path.Combine(_directory.FullName, "state.json");
        var driver = new Driver.Cli.Command(program, state, Configuration, Repository.Plugin, output, environment);
        var succeeded = await driver.RunAsync(words, TestContext.Current.CancellationToken);
        Assert.True(succeeded, output.ToString());
        return output.ToString();
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private PropertyMap Configuration =>
        PropertyMap
            .From(
                World
                    .Configuration.Where(entry =>
                        hasCredentials && entry.Key.Contains("ccessKey", StringComparison.Ordinal)
                    )
                    .Select(entry => KeyValuePair.Create("qingcloud-mysql-standby:" + entry.Key, entry.Value))
            )
            .With("qingcloud-mysql-standby:endpoint", endpoint)
            .With("sourcePassword", PropertyValue.Of("Passwd@123").AsSecret());
}
