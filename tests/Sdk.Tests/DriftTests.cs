using QingCloudMySqlStandby.Sdk.Tests.Shapes;

namespace QingCloudMySqlStandby.Sdk.Tests;

/// <summary>The SDK is what schema.json says. These tests need no Pulumi: they read the sources.</summary>
public sealed class DriftTests
{
    private static readonly SdkShape Expected = SchemaShape.Read(Repository.ReadSchema());

    [Fact]
    public void The_sdk_has_every_name_type_default_secret_and_description_of_the_schema_and_no_other()
    {
        Assert.Empty(SourceShape.ReadDirectory(Repository.Sdk).DifferencesFrom(Expected, "schema.json"));
    }

    [Theory]
    [InlineData("a name", "Input<string> ClusterId {", "Input<string> Cluster {")]
    [InlineData("a name on the wire", "[Input(\"onDelete\")]", "[Input(\"ondelete\")]")]
    [InlineData("an output's name", "[Output(\"state\")]", "[Output(\"linkState\")]")]
    [InlineData("a type", "public Input<int>? Port", "public Input<string>? Port")]
    [InlineData("an output's type", "Output<bool> Promoted", "Output<string> Promoted")]
    [InlineData("an output that may be absent", "Output<string?> JobId", "Output<string> JobId")]
    [InlineData("requiredness", "[Input(\"syncWay\", required: true)]", "[Input(\"syncWay\")]")]
    [InlineData("a required input's nullability", "public Input<string> Host", "public Input<string>? Host")]
    [InlineData("a secret input", "set => _password = Utilities.AsSecret(value);", "set => _password = value;")]
    [InlineData("a secret output", "{ \"accessKeyId\", \"secretAccessKey\" }", "{ \"accessKeyId\" }")]
    [InlineData("a default", "Port { get; set; } = 3306;", "Port { get; set; } = 3307;")]
    [InlineData("a default that is missing", "Role { get; set; } = \"maininstance\";", "Role { get; set; }")]
    [InlineData("an enum's default", "QingCloudMySqlStandby.OnDelete.Stop;", "QingCloudMySqlStandby.OnDelete.Promote;")]
    [InlineData("a configured default", "_stack.GetInt32(\"apiCallsPerHour\") ?? 2000", "_stack.GetInt32(\"apiCallsPerHour\") ?? 200")]
    [InlineData("a setting's name", "_stack.Get(\"endpoint\")", "_stack.Get(\"endPoint2\")")]
    [InlineData("an enum's value", "new(\"increment\")", "new(\"incremental\")")]
    [InlineData("a description", "The standby cluster's name.", "The standby's name.")]
    [InlineData("an enum member's description", "It overwrites the standby's data.", "It keeps the standby's data.")]
    [InlineData("a resource's token", "Token = \"qingcloud-mysql-standby:index:StandbyReplication\"", "Token = \"qingcloud-mysql-standby:index:Standby\"")]
    [InlineData("a function's token", "Token = \"qingcloud-mysql-standby:index:getJob\"", "Token = \"qingcloud-mysql-standby:index:getjob\"")]
    [InlineData("a result's field", "public readonly bool Linked;", "public readonly string Linked;")]
    [InlineData("what a result is read from", "bool linked,", "bool isLinked,")]
    [InlineData("a type of its own", "public static class GetJob", "public sealed class More { } public static class GetJob")]
    public void Drift_is_found_in(string what, string text, string drifted)
    {
        var sources = Directory.EnumerateFiles(
            Repository.Sdk, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        var changed = sources.Select(source => source.Replace(text, drifted, StringComparison.Ordinal)).ToList();
        Assert.NotEqual(sources, changed);

        var differences = SourceShape.Read(changed).DifferencesFrom(Expected, "schema.json");
        Assert.True(differences.Any(), $"The drift of {what} was not found.");
    }

    [Fact]
    public void A_description_may_be_broken_into_lines_anywhere()
    {
        var source = """
            namespace Pulumi.QingCloudMySqlStandby;
            public sealed class A
            {
                /// <summary>One text.</summary>
                public string? B { get; set; }
            }
            """;

        Assert.Equal("One text.", SourceShape.Read([source]).Lines["A.B text"]);
    }
}
