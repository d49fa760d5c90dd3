using System.Net;
using System.Text.Json;
using QingCloudMySqlStandby.QingCloud.Calls;
using QingCloudMySqlStandby.QingCloud.Responses;

namespace QingCloudMySqlStandby.QingCloud;

public sealed class ResponseTests
{
    private static readonly ApiCall Call = new("DescribeJobs", "sh1a", "job j-1");

    [Theory]
    [InlineData("""{"ret_code":0,"job_id":"j-1"}""")]
    [InlineData("\ufeff  {\"ret_code\": 0, \"job_id\": \"j-1\"}\r\n")]
    [InlineData("\"{\\\"ret_code\\\":0,\\\"job_id\\\":\\\"j-1\\\"}\"")]
    [InlineData("\"{u'ret_code': 0, u'job_id': u'j-1'}\"")]
    [InlineData("\"{u'job_id': u'j-1',\n u'ret_code': 0}\"")]
    [InlineData("{u'ret_code': 0, 'job_id': \"j-1\",}")]
    [InlineData("'{u\"ret_code\": 0L, u\"job_id\": u\"j-1\"}'")]
    [InlineData("\u201c{\"ret_code\":0,\"job_id\":\"j-1\"}\u201d")]
    [InlineData("\u201d{\"ret_code\":0,\"job_id\":\"j-1\"}\u201d")]
    [InlineData("{\u201cret_code\u201d:0,\u201cjob_id\u201d:\u201cj-1\u201d}")]
    [InlineData("\u2018{\u2018ret_code\u2019:0,\u2018job_id\u2019:\u2018j-1\u2019}\u2019")]
    [InlineData("""{"ret_code":"0","job_id":"j-1"}""")]
    public void Every_documented_form_is_read(string body)
    {
        var answer = ResponseParser.Parse(Call, new ApiAnswer(HttpStatusCode.OK, body, null), "here");

        Assert.Equal("j-1", answer.Text("job_id"));
    }

    [Fact]
    public void A_Python_literal_keeps_what_it_holds()
    {
        var read = Python(
            "{u'a': [1, -2.5, 1e3, 12345678901234567890L], 'b': (None, True, False), u'c': {}, 7: [], " + "'d': (1,)}"
        );

        var expected = JsonElement.Parse(
            """{"a":[1,-2.5,1000,1.2345678901234567E+19],"b":[null,true,false],"c":{},"7":[],"d":[1]}"""
        );
        Assert.True(JsonElement.DeepEquals(expected, read), read.GetRawText());
    }

    [Theory]
    [InlineData(@"u'\u4e2d\n\t\'\x41\\'", "中\n\t'A\\")]
    [InlineData(@"'\xe4\xb8\xad'", "中")]
    [InlineData(@"u'\xe9'", "é")]
    [InlineData(@"'\xff'", "ÿ")]
    [InlineData(@"'中\xe9'", "中é")]
    [InlineData(@"u'\U0001f600'", "😀")]
    [InlineData(@"u'\ud83d\ude00'", "😀")]
    [InlineData(@"u'\ud83d'", "\ufffd")]
    [InlineData(@"'\q\0\r\a\b\f\v\/'", "\\q\0\r\a\b\f\v/")]
    [InlineData("'a\\\nb'", "ab")]
    [InlineData("b'it\"s'", "it\"s")]
    public void Python_escapes_are_read(string literal, string expected) =>
        Assert.Equal(expected, Python($"{{'t': {literal}}}").Text("t"));

    [Theory]
    [InlineData("{")]
    [InlineData("{'a'")]
    [InlineData("{'a': }")]
    [InlineData("{'a': 1 'b': 2}")]
    [InlineData("{'a': 'b}")]
    [InlineData("{'a': 1} x")]
    [InlineData("{'a': 1-2}")]
    [InlineData("{'a': 1e999}")]
    [InlineData(@"{'a': '\xg1'}")]
    [InlineData(@"{'a': u'\UFFFFFFFF'}")]
    [InlineData(@"{'a': '\u12'}")]
    [InlineData("{'a': __import__('os')}")]
    [InlineData("{nope: 1}")]
    public void What_is_no_literal_is_refused(string text) =>
        Assert.Throws<FormatException>(() => PythonLiteral.Parse(text));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{'a':", "}")]
    [InlineData("(", ")")]
    public void Deep_Python_is_refused_without_using_up_the_stack(string open, string close)
    {
        var deep =
            string.Concat(Enumerable.Repeat(open, 200_000)) + "1" + string.Concat(Enumerable.Repeat(close, 200_000));

        Assert.Throws<FormatException>(() => PythonLiteral.Parse(deep));
        Assert.Null(LooseText.ReadObject("{'a': " + deep + "}"));
    }

    [Fact]
    public void Deep_JSON_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000);

        Assert.Null(LooseText.ReadObject(deep));
    }

    [Fact]
    public void Texts_wrapped_in_texts_for_ever_are_refused()
    {
        var wrapped = """{"ret_code":0}""";
        for (var i = 0; i < 5; i++)
            wrapped = "\"" + JsonEncodedText.Encode(wrapped) + "\"";

        Assert.Null(LooseText.ReadObject(wrapped));
    }

    [Theory]
    [InlineData("""{"ret_code":0,"a":"\ud800"}""", true)]
    [InlineData("""{"ret_code":0,"\udc00":1}""", true)]
    [InlineData("""{"ret_code":0,"a":["\ud800",null]}""", false)]
    public void Half_a_surrogate_pair_breaks_no_reader(string body, bool isPythonToo)
    {
        Assert.Equal(isPythonToo ? "0" : null, LooseText.ReadObject(body)?.Text("ret_code"));
    }

    [Fact]
    public void No_mutilated_answer_breaks_the_reader()
    {
        const string Alphabet = "{}[]()'\"\\ux0:,. \n\u201c\u201d\ud83dLNT-+e9ab";
        var samples = new[]
        {
            "\"{u'job_id': u'j-1', 'a': [1, None, (True,)], u'ret_code': 0}\"",
            """{"ret_code":0,"a":{"b":["\u4e2d",null,1e5]},"c":"{\"d\":1}"}""",
        };
        var random = new Random(20260304);
        for (var round = 0; round < 20_000; round++)
        {
            var text = samples[round % samples.Length].ToCharArray().ToList();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var at = random.Next(text.Count);
                text[at] = Alphabet[random.Next(Alphabet.Length)];
                text.RemoveRange(random.Next(text.Count), random.Next(2) & (text.Count > 20 ? 1 : 0));
            }

            if (LooseText.ReadObject(new string([.. text])) is { } read)
            {
                Assert.NotEmpty(read.GetRawText());
                _ = read.Number("ret_code");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    [InlineData("{}")]
    [InlineData("""{"ret_code":null}""")]
    [InlineData("""{"ret_code":{}}""")]
    [InlineData("<html>gateway</html>")]
    public void Anything_else_is_garbage_that_may_have_acted(string body)
    {
        var failure = Fails(body);

        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.True(failure.IsTransient && failure.MayHaveActed);
        Assert.Contains("DescribeJobs (job j-1, zone sh1a)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Garbage_is_quoted_in_part_on_one_line()
    {
        // No test of this process has a secret like that.
        var failure = Fails("<html>\r\n\u001b[31m" + new string('-', 5000));

        Assert.Contains("<html> [31m---", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.Message.Count(c => c == '-') <= 210);
    }

    [Theory]
    [InlineData(302, FailureKind.Unreachable, false, "redirect")]
    [InlineData(404, FailureKind.InvalidRequest, false, "requestMethod")]
    [InlineData(405, FailureKind.InvalidRequest, false, "requestMethod")]
    [InlineData(403, FailureKind.Unreachable, false, "proxy")]
    [InlineData(408, FailureKind.Unreachable, true, "HTTP 408")]
    [InlineData(429, FailureKind.Temporary, true, "Too many calls")]
    [InlineData(502, FailureKind.Unreachable, true, "HTTP 502")]
    public void A_status_without_an_answer_says_what_to_do(int status, FailureKind kind, bool isTransient, string says)
    {
        var failure = Fails("<html/>", (HttpStatusCode)status);

        Assert.Equal((kind, isTransient), (failure.Kind, failure.IsTransient));
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Equal(status is 408 or >= 500, failure.MayHaveActed);
    }

    [Fact]
    public void Success_with_a_failing_status_is_no_success() =>
        Assert.True(Fails("""{"ret_code":0,"job_id":"j-1"}""", HttpStatusCode.BadGateway).MayHaveActed);

    [Theory]
    [InlineData(1100, "bad parameter", FailureKind.InvalidRequest, false, false)]
    [InlineData(1101, "method POST not allowed", FailureKind.InvalidRequest, false, false)]
    [InlineData(1200, "auth failure, try again later", FailureKind.Unauthenticated, false, false)]
    [InlineData(1300, "expired", FailureKind.Unauthenticated, false, false)]
    [InlineData(1400, "PermissionDenied", FailureKind.PermissionDenied, false, false)]
    [InlineData(
        1400,
        "PermissionDenied, resource [cl-x] lease info not ready yet, please try " + "later",
        FailureKind.Temporary,
        true,
        false
    )]
    [InlineData(2100, "not found", FailureKind.NotFound, false, false)]
    [InlineData(2110, "exists", FailureKind.Other, false, false)]
    [InlineData(2400, "balance", FailureKind.Exhausted, false, false)]
    [InlineData(2500, "QuotaExceeded, your cluster quota is used up", FailureKind.Exhausted, false, false)]
    [InlineData(2500, "you have too many API calls", FailureKind.Temporary, true, false)]
    [InlineData(2500, "API calls exceed the limit", FailureKind.Temporary, true, false)]
    [InlineData(3300, "module", FailureKind.InvalidRequest, false, false)]
    [InlineData(4001, "licence", FailureKind.Exhausted, false, false)]
    [InlineData(5000, "internal", FailureKind.Other, true, true)]
    [InlineData(5100, "busy, try again later", FailureKind.Temporary, true, true)]
    [InlineData(5200, "no resources", FailureKind.Exhausted, false, false)]
    [InlineData(5300, "updating", FailureKind.Temporary, true, false)]
    [InlineData(5400, "dependency", FailureKind.Other, false, false)]
    [InlineData(8001, "config", FailureKind.InvalidRequest, false, false)]
    [InlineData(9999, "", FailureKind.Other, false, false)]
    public void A_ret_code_and_its_message_give_a_kind(
        int code,
        string message,
        FailureKind kind,
        bool isTransient,
        bool mayHaveActed
    )
    {
        var failure = Fails($$"""{"ret_code":{{code}},"message":"{{message}}"}""");

        Assert.Equal((kind, isTransient, mayHaveActed), (failure.Kind, failure.IsTransient, failure.MayHaveActed));
        Assert.Equal(code, failure.ReturnCode);
        Assert.Contains(
            $"ret_code {code}: {(message.Length > 0 ? message : "no message")}. ",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(code == 2500 && isTransient, failure.IsRateLimit);
    }

    [Fact]
    public void A_refusal_with_a_server_error_may_have_acted() =>
        Assert.True(
            Fails("""{"ret_code":5300,"message":"updating"}""", HttpStatusCode.ServiceUnavailable).MayHaveActed
        );

    [Fact]
    public void A_refused_key_is_named_by_where_it_came_from()
    {
        var failure = Fails("""{"ret_code":1200,"message":"auth failure"}""");

        Assert.Contains("The access key came from here.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--run-program", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--refresh=false", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_repeats_a_secret_is_cleaned_of_it()
    {
        _ = new SecretText("Vq8#server-said");

        var failure = Fails("""{"ret_code":5000,"message":"mysql -pVq8#server-said of cl-1 failed"}""");

        Assert.DoesNotContain("Vq8", failure.Message + failure.Said, StringComparison.Ordinal);
        Assert.Contains("of cl-1 failed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_jobs_errors_and_status_are_cleaned_of_the_password_in_its_own_directive()
    {
        var row = JsonElement.Parse(
            """
            {"job_id":"j-1","job_action":"RunClusterCustomService","status":"dump of Ht5#directive broke",
             "error_codes":"u:Ht5#directive@10.0.0.1 1045","directive":
             "{\"service\":\"start_standby\",\"service_params\":\"{\\\"password\\\":\\\"Ht5#directive\\\"}\"}"}
            """
        );

        var job = JobReader.Read(row)!;

        Assert.Equal("Ht5#directive", job.Request!.Link!.Password.Reveal());
        Assert.Equal("dump of [redacted] broke", job.RawStatus);
        Assert.Equal("u:[redacted]@10.0.0.1 1045", job.ErrorCodes);
    }

    [Fact]
    public void A_refused_POST_names_the_setting_that_helps() =>
        Assert.Contains(
            "requestMethod",
            Fails("""{"ret_code":1101,"message":"method [POST] is bad"}""").Message,
            StringComparison.Ordinal
        );

    private static JsonElement Python(string text) => PythonLiteral.Parse(text);

    private static QingCloudException Fails(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        Assert.Throws<QingCloudException>(() => ResponseParser.Parse(Call, new ApiAnswer(status, body, null), "here"));
}
