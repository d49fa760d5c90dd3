using System.Text.Json;

namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class BodyFormTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_json_string_holds_json()
    {
        _bench.Api.BodyForm = BodyForm.JsonString;
        var inner = JsonSerializer.Deserialize<string>(await TextAsync("DescribeJobs"));
        Assert.Equal(0, Bench.Parse(inner!).RetCode());
    }

    [Fact]
    public async Task A_python_dictionary_has_python_words()
    {
        _bench.Api.BodyForm = BodyForm.PythonDict;
        var text = await TextAsync("DescribeClusters");
        Assert.StartsWith("{u'cluster_set': [{u'cluster_id': u'cl-ouhutv70', ", text, StringComparison.Ordinal);
        Assert.Contains("u'description': None", text, StringComparison.Ordinal);
        Assert.Contains(@"u'\u707e\u5907\u5173\u7cfb': {", text, StringComparison.Ordinal);
        Assert.EndsWith("u'ret_code': 0}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it's", "u\"it's\"")]
    [InlineData("say \"hi\"", "u'say \"hi\"'")]
    [InlineData("it's \"both\"", "u'it\\'s \"both\"'")]
    [InlineData("a\\b\n\t\r\u0001é", @"u'a\\b\n\t\r\x01\xe9'")]
    [InlineData("\U0001F600", @"u'\U0001f600'")]
    public async Task A_python_text_is_escaped_as_repr_does(string name, string expected)
    {
        _bench.Cloud.AddCluster(new ClusterSpec("cl-named", "gd2") { Name = name });
        _bench.Api.BodyForm = BodyForm.PythonDict;
        var text = await TextAsync("DescribeClusters", ("zone", "gd2"));
        Assert.Contains($"u'name': {expected},", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quoted_dictionary_looks_as_the_documentation_prints_it()
    {
        _bench.Api.BodyForm = BodyForm.QuotedPythonDict;
        _bench.Link();
        var text = await TextAsync(
            "RunClusterCustomService",
            ("cluster", Bench.Standby),
            ("role", "maininstance"),
            ("service", "stop_standby")
        );
        Assert.StartsWith("\"{u'job_id': u'j-", text, StringComparison.Ordinal);
        Assert.Contains("',\n u'service': u'stop_standby',\n u'role'", text, StringComparison.Ordinal);
        Assert.EndsWith("u'ret_code': 0}\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curly_quotes_enclose_json()
    {
        _bench.Api.BodyForm = BodyForm.CurlyQuotes;
        var text = await TextAsync("DescribeJobs");
        Assert.Equal(('\u201C', '\u201D'), (text[0], text[^1]));
        Assert.Equal(0, Bench.Parse(text[1..^1]).RetCode());
    }

    [Fact]
    public async Task A_mix_has_every_form()
    {
        _bench.Api.BodyForm = BodyForm.Mixed;
        var starts = new HashSet<string>();
        for (var i = 0; i < 60; i++)
            starts.Add((await TextAsync("DescribeJobs"))[..3]);

        Assert.Equal(["\"{\\", "\"{u", "{\"j", "{u'", "\u201C{\""], starts.Order(StringComparer.Ordinal));
    }

    private Task<string> TextAsync(string action, params (string, string)[] own) =>
        _bench.TextAsync(_bench.Post(_bench.Parameters(action, own)));
}
