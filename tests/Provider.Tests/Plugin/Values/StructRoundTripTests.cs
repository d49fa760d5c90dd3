using Google.Protobuf.WellKnownTypes;
using QingCloudMySqlStandby.Plugin.Values;

namespace QingCloudMySqlStandby.Plugin.Values;

public sealed class StructRoundTripTests
{
    private const string Sig = "4dabf18193072939515e22adb298388d";
    private const string Secret = "1b47061264138c4ac30d75fd1eb44270";
    private const string Output = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    private const string Reference = "5cf8f73096256a8f31e491e813e4eb8e";
    private const string Asset = "c44067f5952c0a294b673a41bacd8c17";
    private const string Archive = "0def7320c3a5731c473e5ecbe6d01bc7";
    private const string Unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    /// <summary>Every form that the protocol knows, as JSON.</summary>
    public static TheoryData<string> Forms { get; } =
    [
        "null",
        "true",
        "1.5",
        "-0.0",
        "1e308",
        "\"\"",
        "\"Grüße, 世界 😀\"",
        "[]",
        "{}",
        """[1,"two",[3],{"four":null}]""",
        """{"a":{"b":{"c":[{"d":1}]}},"":"empty key","a.b":"dotted"}""",
        $$$"""{"{{{Sig}}}":"{{{Secret}}}","value":"hush"}""",
        $$$"""{"{{{Sig}}}":"{{{Secret}}}","value":null}""",
        $$$"""{"{{{Sig}}}":"{{{Secret}}}","value":"{{{Unknown}}}"}""",
        $$$"""{"{{{Sig}}}":"{{{Secret}}}","value":{"nested":{"{{{Sig}}}":"{{{Secret}}}","value":[1]} } }""",
        $$$"""{"{{{Sig}}}":"{{{Output}}}"}""",
        $$$"""{"{{{Sig}}}":"{{{Output}}}","value":1,"secret":true,"dependencies":["urn:a","urn:b"]}""",
        $$$"""{"{{{Sig}}}":"{{{Output}}}","value":null}""",
        $$$"""{"{{{Sig}}}":"{{{Output}}}","secret":true}""",
        $$$"""{"{{{Sig}}}":"{{{Output}}}","value":{"x":{"{{{Sig}}}":"{{{Secret}}}","value":"y"} } }""",
        $$$"""{"{{{Sig}}}":"{{{Reference}}}","urn":"urn:r","id":"i-1","packageVersion":"1.0.0"}""",
        $$$"""
            {"{{{Sig}}}":"{{{Reference}}}","urn":"urn:r","id":"{{{Unknown}}}","packageVersion":"",
             "name":"n","type":"t"}
            """,
        $$$"""{"{{{Sig}}}":"{{{Reference}}}","urn":"urn:r"}""",
        $$$"""{"{{{Sig}}}":"{{{Asset}}}","hash":"h","text":"asset"}""",
        $$$"""{"{{{Sig}}}":"{{{Archive}}}","assets":{"a":{"{{{Sig}}}":"{{{Asset}}}","uri":"file:///a"} } }""",
        $$$"""{"{{{Sig}}}":"803fd3297a5875dc03ca845dda5d2a98","value":"/w=="}""",
        $$$"""{"{{{Sig}}}":17}""",
        $"\"{Unknown}\"",
        "\"1c4a061d-8072-4f0a-a4cb-0ff528b18fe7\"",
        "\"3eeb2bf0-c639-47a8-9e75-3b44932eb421\"",
        "\"6a19a0b0-7e62-4c92-b797-7f8e31da9cc2\"",
        "\"030794c1-ac77-496b-92df-f27374a8bd58\"",
        "\"e48ece36-62e2-4504-bad9-02848725956a\"",
        "\"dd056dcd-154b-4c76-9bd3-c8f88648b5ff\"",
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_value_goes_back_in_the_form_it_came(string json)
    {
        var source = Struct.Parser.ParseJson($$$"""{"x":{{{json}}}}""");

        Assert.Equal(source, StructWriter.Write(StructReader.Read(source)));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_value_written_reads_the_same(string json)
    {
        var value = Read(json);

        Assert.Equal(value, StructReader.Read(StructWriter.Write(value)));
        Assert.Equal(value.GetHashCode(), Read(json).GetHashCode());
    }

    [Fact]
    public void A_secret_reads_as_a_secret_of_what_it_holds()
    {
        var value = Read($$$"""{"{{{Sig}}}":"{{{Secret}}}","value":"hush"}""");

        Assert.Equal(PropertyValue.Of("hush").AsSecret(), value);
        Assert.True(value.IsSecret);
        Assert.Equal(PropertyValue.Of("hush"), value.Bare);
    }

    [Fact]
    public void A_secret_output_is_a_secret()
    {
        var value = Read($$$"""{"{{{Sig}}}":"{{{Output}}}","value":1,"secret":true,"dependencies":["urn:a"]}""");

        Assert.True(value.IsSecret);
        Assert.Equal(PropertyValue.Of(1), value.Bare);
        Assert.Equal(["urn:a"], Assert.IsType<PropertyValue.OutputValue>(value).Dependencies);
    }

    [Theory]
    [InlineData($$$"""{"{{{Sig}}}":"{{{Output}}}"}""")]
    [InlineData($$$"""{"{{{Sig}}}":"{{{Secret}}}","value":"{{{Unknown}}}"}""")]
    [InlineData("\"6a19a0b0-7e62-4c92-b797-7f8e31da9cc2\"")]
    [InlineData($$$"""{"{{{Sig}}}":"{{{Reference}}}","urn":"urn:r","id":""}""")]
    [InlineData($$$"""{"{{{Sig}}}":"{{{Reference}}}","urn":"urn:r","id":"{{{Unknown}}}"}""")]
    public void What_is_not_known_yet_is_unknown_in_every_form(string json)
    {
        Assert.Equal(PropertyValue.Unknown, Read(json).Bare);
        Assert.True(Read($$$"""[{"deep":{{{json}}}}]""").HasUnknowns);
    }

    [Theory]
    [InlineData($$$"""{"{{{Sig}}}":"{{{Reference}}}","urn":"urn:r","id":"i-1"}""", "i-1")]
    [InlineData($$$"""{"{{{Sig}}}":"{{{Reference}}}","urn":"urn:r"}""", "urn:r")]
    public void A_reference_reads_as_the_id_or_else_the_urn(string json, string expected)
    {
        Assert.Equal(PropertyValue.Of(expected), Read(json).Bare);
    }

    [Theory]
    [InlineData($$$"""{"{{{Sig}}}":"{{{Secret}}}"}""", "secret")]
    [InlineData($$$"""{"{{{Sig}}}":"{{{Output}}}","secret":"yes"}""", "output")]
    [InlineData($$$"""{"{{{Sig}}}":"{{{Output}}}","dependencies":"urn"}""", "output")]
    [InlineData($$$"""{"{{{Sig}}}":"{{{Output}}}","dependencies":[1]}""", "output")]
    [InlineData($$$"""{"{{{Sig}}}":"{{{Reference}}}","id":"i-1"}""", "resource reference")]
    public void A_malformed_marker_is_an_invalid_argument(string json, string kind)
    {
        var error = Assert.Throws<PluginException>(() => Read(json));

        Assert.Equal(PluginErrorCode.InvalidArgument, error.Code);
        Assert.Contains($"malformed {kind}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_not_shown_when_it_is_printed()
    {
        var secret = PropertyValue.Of(4711).AsSecret();
        var output = new PropertyValue.OutputValue(PropertyValue.Of(4711), true, []);

        Assert.DoesNotContain("4711", $"{secret} {output} {PropertyValue.Of("4711")}", StringComparison.Ordinal);
    }

    [Fact]
    public void No_struct_reads_as_no_properties()
    {
        Assert.Equal(PropertyMap.Empty, StructReader.Read((Struct?)null));
        Assert.Equal(PropertyValue.Null, StructReader.Read(new Value()));
    }

    private static PropertyValue Read(string json) =>
        StructReader.Read(Struct.Parser.ParseJson($$$"""{"x":{{{json}}}}"""))["x"];
}
