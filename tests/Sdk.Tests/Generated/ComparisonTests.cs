namespace QingCloudMySqlStandby.Sdk.Tests.Generated;

/// <summary><c>sdk/dotnet</c> can take the place of what Pulumi generates, and the other way round.</summary>
[Collection("Pulumi.Testing runs one deployment at a time")]
public sealed class ComparisonTests
{
    /// <summary>A change of what Pulumi generates, and what the comparison finds then.</summary>
    private static readonly (string Text, string Changed, string Found)[] Changes =
    [
        ("Input<string>? Endpoint {", "Input<string>? Other {", "ProviderArgs.Other { get; set; }"),
        ("Promoted { get; private set; }", "Promoted { get; set; }", "StandbyReplication.Promoted { get; set; }"),
        ("Output<string?> JobId", "Output<string> JobId", "Output<string> Pulumi.QingCloudMySqlStandby."),
        ("[Input(\"source\", required: true)]", "[Input(\"source\")]", "InputAttribute(\"source\", false, false)"),
        ("(\"password\", required: true)]", "(\"password\")]", "InputAttribute(\"password\", false, false)"),
        ("Output.CreateSecret(0)", "Output.Create(0)", "ProviderArgs.AccessKeyId becomes text"),
        ("\"secretAccessKey\",", "", "AdditionalSecretOutputs accessKeyId"),
        ("Port = 3306;", "Port = 77;", "StandbySourceArgs.Port is 77"),
        ("\"apiCallsPerHour\") ?? 2000", "\"apiCallsPerHour\") ?? 77", "Config.ApiCallsPerHour is 77"),
        ("new SyncWay(\"increment\")", "new SyncWay(\"other\")", "SyncWay.Increment is other"),
        ("StandbySourceArgs : global::Pulumi.ResourceArgs", "StandbySourceArgs : InvokeArgs", ": Pulumi.InvokeArgs"),
        ("The standby cluster's name.", "Another text.", "StandbyReplication.ClusterName: generated 'Another text.'"),
    ];

    [Fact]
    public async Task The_sdk_is_what_pulumi_generates()
    {
        var differences = await DifferencesAsync(source => source);

        Assert.True(differences.Length == 0, differences);
    }

    [Fact]
    public async Task Differences_of_every_kind_are_found()
    {
        var differences = await DifferencesAsync(source =>
            Changes.Aggregate(
                source,
                (text, change) => text.Replace(change.Text, change.Changed, StringComparison.Ordinal)
            )
        );

        Assert.All(Changes, change => Assert.Contains(change.Found, differences, StringComparison.Ordinal));
    }

    private static async Task<string> DifferencesAsync(Func<string, string> change)
    {
        using var sdk = new GeneratedSdk("dotnet");
        await sdk.GenerateAsync();
        var generated = SdkAssembly.Compile(sdk.Folder, change);
        var expected = await LinesAsync(generated);
        var own = await LinesAsync(SdkAssembly.Own);
        Assert.True(expected.Count > 100, "Too little was compared.");
        return string.Join(
            '\n',
            (string[])
                [
                    .. expected.Except(own).Select(line => $"generated only: {line}"),
                    .. own.Except(expected).Select(line => $"sdk/dotnet only: {line}"),
                    .. TextDifferences(Texts.Read(generated), Texts.Read(SdkAssembly.Own)),
                ]
        );
    }

    private static async Task<IReadOnlyCollection<string>> LinesAsync(string path) =>
        [.. Declarations.Lines(SdkAssembly.Read(path)), .. await DefaultValues.ReadAsync(path)];

    /// <summary>Texts for constructors and Get are the generator's own words, not the schema's.</summary>
    private static IEnumerable<string> TextDifferences(
        Dictionary<string, string> generated,
        Dictionary<string, string> own
    ) =>
        generated
            .Where(text => !text.Key.Contains(".#ctor(") && !text.Key.Contains(".Get("))
            .Where(text => own.GetValueOrDefault(text.Key) != text.Value)
            .Select(text => $"{text.Key}: generated '{text.Value}', sdk/dotnet '{own.GetValueOrDefault(text.Key)}'");
}
