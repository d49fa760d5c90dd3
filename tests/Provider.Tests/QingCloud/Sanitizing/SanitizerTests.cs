using System.Diagnostics;
using System.Net;
using System.Text.Json;
using QingCloudMySqlStandby.QingCloud.Sanitizing;

namespace QingCloudMySqlStandby.QingCloud.Sanitizing;

public sealed class SanitizerTests
{
    [Theory]
    [InlineData("""{"user":"u","password":"hunter2"}""", """{"user":"u","password":"[redacted]"}""")]
    [InlineData("{'user': u'u', 'passwd': u'hunter2'}", "{'user': u'u', 'passwd': u'[redacted]'}")]
    [InlineData("user=u&password=hunter2&port=3306", "user=u&password=[redacted]&port=3306")]
    [InlineData(
        "user u, source_password : hunter2, more hunter2",
        "user u, source_password : [redacted], more [redacted]"
    )]
    [InlineData("user u Signature=hunter2", "user u Signature=[redacted]")]
    [InlineData("user u id_token: hunter2; zone: sh1a", "user u id_token: [redacted]; zone: sh1a")]
    [InlineData("PASSWORD = \"hun\\\"ter2\" is wrong", "PASSWORD = \"[redacted]\" is wrong")]
    [InlineData("wrong password 'hunter2' for u", "wrong password '[redacted]' for u")]
    [InlineData("<password>hunter2</password><user>u</user>", "<password>[redacted]</password><user>u</user>")]
    [InlineData("\u5bc6\u7801\uff1ahunter2 \u9519\u8bef", "\u5bc6\u7801\uff1a[redacted] \u9519\u8bef")]
    [InlineData("mysqldump -h 10.0.0.1 -uroot -phunter2 --all", "mysqldump -h 10.0.0.1 -uroot -p[redacted] --all")]
    [InlineData("mysql --password hunter2 -e x", "mysql --password [redacted] -e x")]
    [InlineData("sh: -pHunter2: not found", "sh: -p[redacted] not found")]
    [InlineData("mysql://u:hunter2@10.0.0.1:3306/db", "mysql://u:[redacted]@10.0.0.1:3306/db")]
    [InlineData("mysql://u:hun@ter2@10.0.0.1", "mysql://u:[redacted]@10.0.0.1")]
    [InlineData("curl -u admin:hunter2 http://h/", "curl -u admin:[redacted] http://h/")]
    [InlineData(
        "CREATE USER 'u' IDENTIFIED BY 'hunter2' REQUIRE NONE",
        "CREATE USER 'u' IDENTIFIED BY '[redacted]' REQUIRE NONE"
    )]
    [InlineData(
        "near 'MASTER_PASSWORD='hunter2', MASTER_PORT=3306'",
        "near 'MASTER_PASSWORD='[redacted]', MASTER_PORT=3306'"
    )]
    [InlineData("SET PASSWORD FOR u = PASSWORD('hunter2')", "SET PASSWORD FOR u = PASSWORD('[redacted]')")]
    [InlineData("Authorization: Basic aHVudGVyMg== Accept: x", "Authorization: Basic [redacted] Accept: x")]
    [InlineData(
        "service_params={\"password\":\"hunter2\",\"port\":3306} zone=sh1a",
        "service_params=[redacted] zone=sh1a"
    )]
    public void What_is_named_as_a_secret_is_taken_out_and_the_rest_stays(string text, string clean) =>
        Assert.Equal(clean, Sanitizer.Clean(text, 200));

    [Theory]
    [InlineData("user u, service_params%22%3A%22hunter2")]
    [InlineData("""{"user":"u","directive":"{\"service_params\":\"{\\\"password\\\":\\\"hunter2\\\"}\"}"}""")]
    [InlineData("user u password%3Dhunter2%26a%3Db")]
    [InlineData("user u &quot;password&quot;:&quot;hunter2&quot;")]
    [InlineData("""user u {\u0022password\u0022:\u0022hunter2\u0022}""")]
    public void What_is_named_as_a_secret_is_found_behind_escapes(string text)
    {
        var clean = Sanitizer.Clean(text, 200);

        Assert.DoesNotContain("hunter2", clean, StringComparison.Ordinal);
        Assert.Contains("user", clean, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ERROR 1045 (28000): Access denied for user 'u'@'10.0.0.2' (using password: YES)")]
    [InlineData("PermissionDenied, resource [cl-x] lease info not ready yet, please try later")]
    [InlineData(
        "Authentication plugin 'caching_sha2_password' reported error: Authentication requires secure connection."
    )]
    [InlineData("Got fatal error 1236 from source: 'Could not find first log file name in binary log index file'")]
    [InlineData("error connecting to master 'u@192.168.0.232:3306' - retry-time: 60 retries: 1")]
    [InlineData("docker run -port 3306 -print x; usage: -project")]
    [InlineData("<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>")]
    [InlineData("the password of u is wrong; set a new password")]
    [InlineData("https://api.qingcloud.com:443/iaas/ at 10:30:00, fe80::1@x")]
    public void Whatever_else_a_server_says_stays_readable(string text) =>
        Assert.Equal(text, Sanitizer.Clean(text, 500));

    [Fact]
    public void A_known_secret_is_taken_out_however_it_is_written()
    {
        var secret = new SecretText(" p\"w'd\\&+\u4e2d ");
        var text = string.Join(
            " | ",
            secret.Reveal(),
            Uri.EscapeDataString(secret.Reveal()),
            WebUtility.UrlEncode(secret.Reveal()),
            JsonSerializer.Serialize(secret.Reveal()),
            " p\\\"w'd\\\\&+\u4e2d ",
            " p\"w\\'d\\\\&+\u4e2d "
        );

        var clean = Sanitizer.Clean(text, 1000);

        Assert.Equal(6, clean.Split("[redacted]").Length - 1);
        Assert.DoesNotContain("w'd", clean, StringComparison.Ordinal);
        Assert.DoesNotContain("%22w", clean, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_of_all_resources_are_taken_out_of_one_text()
    {
        _ = (new SecretText("Xq7!alpha-one"), new SecretText("Zk9?bravo-two"));

        Assert.Equal("[redacted] and [redacted]", Sanitizer.WithoutSecrets("Xq7!alpha-one and Zk9?bravo-two"));
    }

    [Theory]
    [InlineData("abc", "abc is no secret that can be found", "abc is no secret that can be found")]
    [InlineData("1", "1 of 10", "1 of 10")]
    [InlineData("password", "source.password is missing", "source.password is missing")]
    [InlineData("replication", "replication failed", "replication failed")]
    [InlineData("password1234", "the password is wrong", "the password is wrong")]
    [InlineData("orders2026", "the standby orders is stopped", "the standby orders is stopped")]
    [InlineData("password1234", "not password1234", "not [redacted]")]
    [InlineData("orders2026", "near 'ders2026'", "near '[redacted]'")]
    [InlineData("orders2026", "orders20..", "[redacted]..")]
    [InlineData("Tr1x", "it is Tr1x", "it is [redacted]")]
    [InlineData("admin", "it is admin", "it is [redacted]")]
    public void A_short_or_ordinary_secret_leaves_words_whole(string secret, string text, string clean)
    {
        var book = new SecretBook();
        book.Add(secret);

        Assert.Equal(clean, Sanitizer.Redact(text, book, findsUnknown: false));
    }

    [Fact]
    public void A_text_is_one_line_and_no_longer_than_asked_for()
    {
        Assert.Equal("a b c", Sanitizer.Clean(" a\r\n\u001b b\t\u200bc\n", 100));
        Assert.Equal("aaa...", Sanitizer.Clean("aaaaaaaa", 3));
    }

    [Fact]
    public void Of_an_endless_text_the_beginning_is_kept_without_a_secret_that_was_cut()
    {
        const string secret = "Wj4#beginning";
        var book = new SecretBook();
        book.Add(secret);
        for (var length = 8_100; length < 8_300; length++)
        {
            var clean = Sanitizer.Redact(new string('.', length) + secret + new string('.', 99), book, false);

            Assert.DoesNotContain("Wj4", clean, StringComparison.Ordinal);
            Assert.True(clean.Length < 8_300);
        }
    }

    [Fact]
    public void The_oldest_signatures_are_forgotten_and_nothing_else()
    {
        var book = new SecretBook();
        book.Add("Lasting#1");
        var random = new Random(1);
        List<string> signatures = [.. Enumerable.Range(0, 2000).Select(_ => random.GetHexString(44))];
        foreach (var signature in signatures)
            book.Add(signature, isPassing: true);

        Assert.NotEmpty(book.Find("Lasting#1"));
        Assert.NotEmpty(book.Find(signatures[^1]));
        Assert.Empty(book.Find(signatures[0]));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("password")]
    [InlineData("password ")]
    [InlineData("password=")]
    [InlineData("password={")]
    [InlineData("password='")]
    [InlineData("\\")]
    [InlineData("\\u0025")]
    [InlineData("%25")]
    [InlineData("&amp;")]
    [InlineData("&amp;%25\\u0026+''")]
    [InlineData("mysql ")]
    [InlineData(" -p")]
    [InlineData("://u:")]
    [InlineData("identified by ")]
    [InlineData("api call ")]
    [InlineData("\u00e9")]
    [InlineData("50617373 ")]
    public void Hostile_text_takes_no_time(string hostile)
    {
        _ = new SecretText("Nope#1234");
        var clock = Stopwatch.StartNew();

        Sanitizer.Clean(string.Concat(Enumerable.Repeat(hostile, 1_000_000)), 200);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }
}
