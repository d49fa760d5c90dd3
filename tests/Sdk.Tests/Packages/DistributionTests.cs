using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace QingCloudMySqlStandby.Sdk.Tests.Packages;

/// <summary>What <c>make dist</c> writes: one version everywhere, and the same bytes for the same inputs.</summary>
public sealed class DistributionTests(Distribution distribution)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private static string NuGetName => $"Pulumi.QingCloudMySqlStandby.{Distribution.Version}.nupkg";

    [Fact]
    public async Task The_archive_holds_the_plugin_its_licence_and_the_notices()
    {
        await using var file = File.OpenRead(Path.Combine(await distribution.MakeAsync(), Distribution.ArchiveName));
        await using var plain = new GZipStream(file, CompressionMode.Decompress);
        await using var tar = new TarReader(plain);
        var entries = new List<(string Name, int Owner, DateTimeOffset Time, bool IsExecutable)>();
        while (await tar.GetNextEntryAsync(cancellationToken: Token) is { } entry)
        {
            var isExecutable = entry.Mode.HasFlag(UnixFileMode.OtherExecute);
            entries.Add((entry.Name, entry.Uid + entry.Gid, entry.ModificationTime, isExecutable));
        }

        var time = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        Assert.Equal(
            [
                ("LICENSE", 0, time, false),
                ("THIRD-PARTY-NOTICES.txt", 0, time, false),
                (Distribution.Plugin, 0, time, true),
            ],
            entries
        );
    }

    [Fact]
    public async Task The_archives_plugin_says_the_schemas_version()
    {
        var plugin = await distribution.ExtractPluginAsync();

        var version = await Command.CheckAsync(plugin, ["--version"], Path.GetTempPath());

        Assert.Equal(Distribution.Version, version.Trim());
    }

    [Fact]
    public async Task The_sums_are_those_of_all_other_files()
    {
        var folder = await distribution.MakeAsync();
        var sums = await File.ReadAllLinesAsync(Path.Combine(folder, "SHA256SUMS"), Token);

        var expected = Directory
            .EnumerateFiles(folder)
            .Select(file => (Path: file, Name: Path.GetFileName(file)))
            .Where(file => file.Name != "SHA256SUMS")
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.Path)))}  {file.Name}");
        Assert.Equal(expected, sums.Order(OfNames));
        Assert.Contains(sums, line => line.EndsWith(Distribution.ArchiveName, StringComparison.Ordinal));
        Assert.Contains(sums, line => line.EndsWith("schema.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_inputs_give_the_same_bytes()
    {
        var first = await distribution.MakeAsync();
        var second = await distribution.MakeAsync("again", "plugins dotnet");

        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(first, "SHA256SUMS"), Token),
            await File.ReadAllTextAsync(Path.Combine(second, "SHA256SUMS"), Token)
        );
    }

    [Fact]
    public async Task The_NuGet_package_is_of_the_schemas_version()
    {
        Assert.SkipUnless(Repository.PulumiRestores, Repository.WithoutPulumi);
        var folder = await distribution.MakeAsync();
        await using var package = await ZipFile.OpenReadAsync(Path.Combine(folder, NuGetName), Token);

        var specification = XDocument.Load(package.GetEntry("Pulumi.QingCloudMySqlStandby.nuspec")!.Open());
        var plugin = JsonNode.Parse(package.GetEntry("content/pulumi-plugin.json")!.Open())!;
        using var library = new MemoryStream();
        await package.GetEntry("lib/net8.0/Pulumi.QingCloudMySqlStandby.dll")!.Open().CopyToAsync(library, Token);
        library.Position = 0;
        using var assembly = new PEReader(library);
        var metadata = assembly.GetMetadataReader();
        Assert.Equal(
            Distribution.Version,
            specification.Descendants().Single(each => each.Name.LocalName == "version").Value
        );
        Assert.Equal(Distribution.Version, (string?)plugin["version"]);
        Assert.Equal($"{Distribution.Version}.0", metadata.GetAssemblyDefinition().Version.ToString());
        Assert.Equal(
            ["Pulumi.QingCloudMySqlStandby.pulumi-plugin.json"],
            metadata.ManifestResources.Select(each => metadata.GetString(metadata.GetManifestResource(each).Name))
        );
        Assert.NotNull(package.GetEntry("icon.png"));
        Assert.True(File.Exists(Path.Combine(folder, Path.ChangeExtension(NuGetName, "snupkg"))));
    }

    [Fact]
    public void The_notices_name_every_package_in_the_plugin()
    {
        var notices = File.ReadAllText(Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES.txt"));
        var packages = Repository.ReadJson("provider", "packages.lock.json")["dependencies"]!["net10.0"]!
            .AsObject()
            .Where(package => (string?)package.Value!["type"] is not ("Project" or "Direct"))
            .Select(package => package.Key);

        Assert.All(packages, package => Assert.Contains(package, notices, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Make_install_puts_the_plugin_where_Pulumi_looks_and_make_uninstall_takes_it_away()
    {
        var home = Directory.CreateTempSubdirectory("pulumi-home-");
        try
        {
            var environment = new Dictionary<string, string?> { ["PULUMI_HOME"] = home.FullName };
            var folder = Path.Combine(
                home.FullName,
                "plugins",
                $"resource-qingcloud-mysql-standby-v{Distribution.Version}"
            );
            await Command.CheckAsync("make", ["install"], Repository.Root, environment);
            var plugin = Path.Combine(folder, Distribution.Plugin);
            var version = await Command.CheckAsync(plugin, ["--version"], home.FullName);
            await Command.CheckAsync("make", ["uninstall"], Repository.Root, environment);

            Assert.Equal(Distribution.Version, version.Trim());
            Assert.False(Directory.Exists(folder));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static readonly Comparer<string> OfNames = Comparer<string>.Create(
        (one, other) => string.CompareOrdinal(one[64..], other[64..])
    );
}
