using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;

namespace QingCloudMySqlStandby.Sdk.Tests.Packages;

/// <summary>Serves a folder on the loopback interface, as a private cloud without internet would.</summary>
internal sealed class DownloadServer : IAsyncDisposable
{
    private readonly WebApplication _host;

    private DownloadServer(WebApplication host) => _host = host;

    public string Address => _host.Urls.Single();

    public static async Task<DownloadServer> StartAsync(string folder)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var host = builder.Build();
        host.UseStaticFiles(
            new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), ServeUnknownFileTypes = true }
        );
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new DownloadServer(host);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
