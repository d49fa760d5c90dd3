namespace QingCloudMySqlStandby.Simulator.Tests;

/// <summary>Calls as QingCloud's own SDK sends them.</summary>
public sealed class SdkCallTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_request_id_and_stray_parameters_do_no_harm()
    {
        var answer = await _bench.CallAsync(
            "DescribeJobs",
            ("req_id", "0123456789abcdef0123456789abcdef"),
            ("cluster", "cl-x"),
            ("stray.1", "")
        );
        Assert.Equal(0, answer.RetCode());
    }

    [Theory]
    [InlineData("a b")]
    [InlineData(" a + b ")]
    public async Task A_plus_in_a_form_is_a_blank_that_was_signed_as_an_escape(string value)
    {
        var form = Form(("owner", value)).Replace("%20", "+", StringComparison.Ordinal);
        Assert.Contains('+', form);
        Assert.Equal(0, Bench.Parse(await _bench.TextAsync(Bench.PostForm(form))).RetCode());
        Assert.Equal(value, _bench.Api.Calls.Kept.Single().Parameters["owner"]);
    }

    [Fact]
    public async Task A_plus_that_was_meant_as_one_has_to_be_escaped()
    {
        var form = Form(("owner", "a+b"));
        Assert.Equal(0, Bench.Parse(await _bench.TextAsync(Bench.PostForm(form))).RetCode());
        var raw = form.Replace("a%2Bb", "a+b", StringComparison.Ordinal);
        Assert.Equal(1200, Bench.Parse(await _bench.TextAsync(Bench.PostForm(raw))).RetCode());
    }

    [Fact]
    public async Task A_plus_in_a_query_is_refused()
    {
        var query = Signer.Sign("GET", "/iaas/", _bench.Parameters("DescribeJobs"), _bench.Options.SecretAccessKey);
        var url = $"/iaas/?{query}&owner=a+b";
        var reply = await _bench.Api.AnswerAsync(new ApiRequest("GET", url), Bench.Cancel);
        Assert.Equal(1100, Bench.Parse(reply.Body).RetCode());
    }

    private string Form(params (string, string)[] own) =>
        Signer.Sign("POST", "/iaas/", _bench.Parameters("DescribeJobs", own), _bench.Options.SecretAccessKey);
}
