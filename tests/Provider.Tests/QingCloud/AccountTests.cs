using System.IO.Pipes;
using System.Net;
using QingCloudMySqlStandby.QingCloud.Accounts;

namespace QingCloudMySqlStandby.QingCloud;

public sealed class AccountTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory().FullName;
    private AnonymousPipeServerStream? _pipe;

    public void Dispose()
    {
        _pipe?.Dispose();
        Directory.Delete(_home, recursive: true);
    }

    [Fact]
    public void Making_a_client_looks_at_nothing()
    {
        using var rig = new Rig(new QingCloudOptions { CredentialsFile = "/nowhere", Endpoint = new Uri("ftp://x") });

        Assert.Empty(rig.Api.Calls);
    }

    [Fact]
    public void Configuration_comes_before_environment_before_file()
    {
        WriteFile("qy_access_key_id: FILE\nqy_secret_access_key: file-secret\nzone: gd2\nhost: file.test\n");
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = _home,
            ["QINGCLOUD_ACCESS_KEY"] = "ENV",
            ["QINGCLOUD_SECRET_KEY"] = "env-secret",
            ["QINGCLOUD_ZONE"] = "ap2a",
            ["QINGCLOUD_ENDPOINT"] = "https://env.test:8443/api",
        };

        Assert.Equal(("AKEXAMPLE", "https://api.test/iaas/", "sh1a"), Used(Rig.Options, environment));
        Assert.Equal(("ENV", "https://env.test:8443/api/", "ap2a"), Used(new QingCloudOptions(), environment));
        Assert.Equal(
            ("FILE", "https://file.test/iaas/", "gd2"),
            Used(new QingCloudOptions(), new Dictionary<string, string> { ["HOME"] = _home, ["QINGCLOUD_ZONE"] = "" })
        );
    }

    [Theory]
    [InlineData("host: h.test\nport: 7777\nprotocol: http\nuri: '/iaas'\n", null)]
    [InlineData("host: 127.0.0.1\nport: 7777\nprotocol: http\nuri: '/iaas'\n", "http://127.0.0.1:7777/iaas/")]
    [InlineData("host: 'h.test'\nport: 443\nprotocol: 'https'\nuri: '/iaas/'\n", "https://h.test/iaas/")]
    [InlineData("host: h.test\nuri: /x/y\nignored: [a, {b: c}]\n", "https://h.test/x/y/")]
    [InlineData("zone: pek3a\n", "https://api.qingcloud.com/iaas/")]
    public void A_files_address_is_put_together(string lines, string? expected)
    {
        WriteFile("qy_access_key_id: K\nqy_secret_access_key: S\n" + lines);
        var environment = new Dictionary<string, string> { ["USERPROFILE"] = _home };

        if (expected is null)
        {
            Assert.Contains(
                "https://",
                Assert.Throws<QingCloudException>(() => Used(new(), environment)).Message,
                StringComparison.Ordinal
            );
        }
        else
        {
            Assert.Equal(expected, Used(new(), environment).Address);
        }
    }

    [Theory]
    [InlineData("QINGCLOUD_ACCESS_KEY", "QINGCLOUD_SECRET_KEY", "QINGCLOUD_ENDPOINT")]
    [InlineData("QINGCLOUD_ACCESS_KEY_ID", "QINGCLOUD_SECRET_ACCESS_KEY", "QINGCLOUD_HOST")]
    public void Variables_of_older_and_newer_tools_are_read(string id, string secret, string address)
    {
        var environment = new Dictionary<string, string>
        {
            [id] = "ENV",
            [secret] = "env-secret",
            [address] = "env.test",
        };

        Assert.Equal(("ENV", "https://env.test/iaas/", null), Used(new(), environment));
    }

    [Fact]
    public void The_file_of_the_newer_command_line_is_read_where_the_older_one_is_missing()
    {
        var folder = Directory.CreateDirectory(Path.Join(_home, ".qingcloud")).FullName;
        File.WriteAllText(
            Path.Join(folder, "config"),
            "# a comment\n[other]\naccess_key_id = NO\n[default]\n access_key_id = NEW\nsecret_access_key=a=b\n"
                + "zone = gd2\nhost = new.test\n"
        );
        var environment = new Dictionary<string, string> { ["HOME"] = _home };

        Assert.Equal(("NEW", "https://new.test/iaas/", "gd2"), Used(new(), environment));

        WriteFile("qy_access_key_id: OLD\nqy_secret_access_key: S\n");
        Assert.Equal("OLD", Used(new(), environment).Key);
    }

    [Theory]
    [InlineData("", "KEY\n", "Winter#4k", "QINGCLOUD_ACCESS_KEY of the environment")]
    [InlineData("", "KEY", "Winter#4k\n", "QINGCLOUD_SECRET_KEY of the environment")]
    [InlineData("", "KEY", " Winter#4k", "QINGCLOUD_SECRET_KEY of the environment")]
    [InlineData("qy_access_key_id: KEY\nqy_secret_access_key: \"Winter#4k\\n\"\n", "", "", "config.yaml")]
    public void A_key_with_a_line_break_is_an_error_that_names_its_place(
        string file,
        string id,
        string secret,
        string place
    )
    {
        WriteFile(file);
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = _home,
            ["QINGCLOUD_ACCESS_KEY"] = id,
            ["QINGCLOUD_SECRET_KEY"] = secret,
        };

        var failure = Assert.Throws<QingCloudException>(() => Used(new(), environment));

        Assert.Equal(FailureKind.NoCredentials, failure.Kind);
        Assert.Contains(place, failure.Message, StringComparison.Ordinal);
        Assert.Contains("line break or a blank", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Winter#4k", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("configuration", "the provider's configuration")]
    [InlineData("environment", "the environment (QINGCLOUD_ACCESS_KEY)")]
    [InlineData("file", "config.yaml")]
    public void A_refused_key_is_named_by_where_it_came_from(string kind, string place)
    {
        WriteFile("qy_access_key_id: FILE\nqy_secret_access_key: file-secret-1\n");
        var environment = new Dictionary<string, string> { ["HOME"] = _home };
        if (kind == "environment")
            (environment["QINGCLOUD_ACCESS_KEY"], environment["QINGCLOUD_SECRET_KEY"]) = ("ENV", "env-secret-1");

        using var rig = new Rig(kind == "configuration" ? Rig.Options : new(), environment);
        rig.Api.Otherwise = _ => Task.FromResult(rig.Api.Answer("""{"ret_code":1200,"message":"auth failure"}"""));

        var failure = Assert.Throws<QingCloudException>(() => rig.Run(() => Call(rig)));

        Assert.Contains(place, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unreadable")]
    [InlineData("no YAML")]
    [InlineData("a pipe")]
    [InlineData("endless")]
    public void A_default_file_that_is_not_needed_stops_nothing(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes and devices are files on Unix");
        WriteBadFile(kind);
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = _home,
            ["QINGCLOUD_ACCESS_KEY"] = "ENV",
            ["QINGCLOUD_SECRET_KEY"] = "env-secret",
            ["QINGCLOUD_ZONE"] = "ap2a",
        };

        Assert.Equal(("ENV", "https://api.qingcloud.com/iaas/", "ap2a"), Used(new(), environment));
    }

    [Theory]
    [InlineData("a pipe")]
    [InlineData("endless")]
    [InlineData("a folder")]
    [InlineData("an open pipe")]
    [InlineData("nowhere")]
    public void A_file_that_cannot_be_one_is_a_clear_error_in_little_memory(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes and devices are files on Unix");
        WriteBadFile(kind);
        var before = GC.GetAllocatedBytesForCurrentThread();

        foreach (
            var options in new QingCloudOptions[]
            {
                new(),
                new() { CredentialsFile = "~/.qingcloud/config.yaml" },
            }
        )
        {
            var failure = Assert.Throws<QingCloudException>(() =>
                Used(options, new Dictionary<string, string> { ["HOME"] = _home })
            );

            Assert.Equal(FailureKind.NoCredentials, failure.Kind);
            Assert.Contains(".qingcloud/config.yaml", failure.Message, StringComparison.Ordinal);
            Assert.Matches("no regular file|is a folder|is no file", failure.Message);
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 * 1024 * 1024);
    }

    [Fact]
    public void A_named_file_is_read_in_place_of_the_default()
    {
        File.WriteAllText(Path.Join(_home, "my.yaml"), "qy_access_key_id: MINE\nqy_secret_access_key: S\n");
        var environment = new Dictionary<string, string> { ["HOME"] = _home };

        Assert.Equal("MINE", Used(new() { CredentialsFile = "~/my.yaml" }, environment).Key);
        Assert.Equal("MINE", Used(new() { CredentialsFile = Path.Join(_home, "my.yaml") }, environment).Key);
        var missing = Assert.Throws<QingCloudException>(() =>
            Used(new() { CredentialsFile = "~/other.yaml" }, environment)
        );
        Assert.Equal(FailureKind.NoCredentials, missing.Kind);
        Assert.Contains("other.yaml", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qy_secret_access_key: 'Winter#4k\n")]
    [InlineData("- Winter#4k\n")]
    [InlineData("? [Winter#4k]\n: x\n")]
    [InlineData("Winter#4k")]
    public void A_file_that_is_none_is_an_error_without_its_content(string text)
    {
        WriteFile(text);

        var failure = Assert.Throws<QingCloudException>(() =>
            Used(new(), new Dictionary<string, string> { ["HOME"] = _home })
        );

        Assert.Equal(FailureKind.NoCredentials, failure.Kind);
        Assert.DoesNotContain("Winter#4k", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_holds_no_keys_and_a_huge_one_is_refused()
    {
        var environment = new Dictionary<string, string> { ["HOME"] = _home };
        WriteFile("");
        Assert.Contains(
            "No QingCloud " + "credentials",
            Assert.Throws<QingCloudException>(() => Used(new(), environment)).Message,
            StringComparison.Ordinal
        );
        WriteFile(new string('#', 100_000));
        Assert.Contains(
            "too " + "large",
            Assert.Throws<QingCloudException>(() => Used(new(), environment)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_an_error()
    {
        using var held = new FileStream(
            Path.Join(_home, "held"),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None
        );

        var failure = Assert.Throws<QingCloudException>(() =>
            Used(new() { CredentialsFile = Path.Join(_home, "held") }, new Dictionary<string, string>())
        );

        Assert.Equal(FailureKind.NoCredentials, failure.Kind);
    }

    [Fact]
    public void Missing_credentials_name_every_place_and_send_nothing()
    {
        using var rig = new Rig(new QingCloudOptions());

        var failure = Assert.Throws<QingCloudException>(() => rig.Run(() => Call(rig)));

        Assert.Equal(FailureKind.NoCredentials, failure.Kind);
        foreach (
            var place in new[] { "accessKeyId", "QINGCLOUD_ACCESS_KEY", ".qingcloud", "useInstanceRole", "console" }
        )
        {
            Assert.Contains(place, failure.Message, StringComparison.Ordinal);
        }

        Assert.Empty(rig.Api.Calls);
        Assert.False(rig.Run(() => rig.Client.HasCredentialsAsync(CancellationToken.None)));
        Assert.Null(rig.Run(() => rig.Client.DefaultZoneAsync(CancellationToken.None)));
    }

    [Fact]
    public void Half_a_pair_names_the_missing_half()
    {
        var key = new QingCloudOptions { AccessKeyId = "AK" };
        var secret = new QingCloudOptions { SecretAccessKey = new SecretText("Winter#4k") };
        var environment = new Dictionary<string, string> { ["QINGCLOUD_ACCESS_KEY"] = "AK" };

        Assert.StartsWith("`secretAccessKey` is missing", Message(key), StringComparison.Ordinal);
        Assert.StartsWith("`accessKeyId` is missing", Message(secret), StringComparison.Ordinal);
        Assert.StartsWith("QINGCLOUD_SECRET_KEY is missing", Message(new(), environment), StringComparison.Ordinal);
        Assert.DoesNotContain("Winter#4k", Message(secret), StringComparison.Ordinal);

        static string Message(QingCloudOptions options, Dictionary<string, string>? environment = null)
        {
            using var rig = new Rig(options, environment);
            return Assert
                .Throws<QingCloudException>(() => rig.Run(() => rig.Client.HasCredentialsAsync(CancellationToken.None)))
                .Message;
        }
    }

    [Theory]
    [InlineData("http://api.test/iaas/")]
    [InlineData("ftp://api.test/")]
    [InlineData("https://user:pw@api.test/")]
    [InlineData("https://api.test/?a=b")]
    [InlineData("https://api.test/#x")]
    public void An_endpoint_that_cannot_be_is_an_error_that_names_it(string address)
    {
        var failure = Assert.Throws<QingCloudException>(() =>
            Used(Rig.Options with { Endpoint = new Uri(address) }, new Dictionary<string, string>())
        );

        Assert.Equal(FailureKind.InvalidRequest, failure.Kind);
        Assert.Contains("`endpoint`", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pw", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api.test", "https://api.test/iaas/")]
    [InlineData("localhost:1234/x", "https://localhost:1234/x/")]
    [InlineData("http://localhost:1234", "http://localhost:1234/iaas/")]
    [InlineData("http://[::1]:1234/iaas", "http://[::1]:1234/iaas/")]
    public void An_endpoint_is_completed(string given, string expected) =>
        Assert.Equal(
            expected,
            Used(
                Rig.Options with
                {
                    Endpoint = null,
                },
                new Dictionary<string, string> { ["QINGCLOUD_ENDPOINT"] = given }
            ).Address
        );

    [Fact]
    public void Nonsense_is_no_endpoint() =>
        Assert.Contains(
            "no address",
            Assert.Throws<QingCloudException>(() => Endpoint.Of("https://:::", "here")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_roles_keys_sign_with_a_token_on_the_path_for_roles()
    {
        using var rig = RoleRig("https://private.test/prefix/iaas/");
        rig.Api.Then(_ => RoleAnswer(rig, TimeSpan.FromHours(1))).Then("""{"ret_code":0,"cluster_set":[]}""");

        Assert.True(rig.Run(() => rig.Client.HasCredentialsAsync(CancellationToken.None)));
        rig.Run(() => Call(rig));

        Assert.Equal(HttpMethod.Get, rig.Api.Calls[0].Request.Method);
        var call = rig.Api.Calls[1];
        Assert.Equal("https://private.test/prefix/iam/", call.Request.RequestUri!.ToString());
        Assert.Equal(
            ("ROLE", "id/token", "2"),
            (call.Form["access_key_id"], call.Form["token"], call.Form["signature_version"])
        );
    }

    [Fact]
    public void A_roles_keys_are_asked_for_once_and_renewed_before_they_expire()
    {
        using var rig = RoleRig("https://private.test/other/");
        var asked = 0;
        rig.Api.Otherwise = call =>
        {
            if (call.Request.RequestUri!.Host != "169.254.169.254")
            {
                Assert.Equal("/iam/", call.Request.RequestUri.AbsolutePath);
                return Task.FromResult(rig.Api.Answer("""{"ret_code":0,"cluster_set":[]}"""));
            }

            asked++;
            return RoleAnswer(rig, TimeSpan.FromHours(1));
        };

        rig.Run(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Call(rig, "zone" + i)));
            Assert.Equal(1, asked);
            await Task.Delay(TimeSpan.FromMinutes(50), rig.Clock);
            await Call(rig);
            Assert.Equal(1, asked);
            await Task.Delay(TimeSpan.FromMinutes(6), rig.Clock);
            await Call(rig);
            Assert.Equal(2, asked);
        });
    }

    [Fact]
    public void A_failed_renewal_uses_what_is_still_valid()
    {
        using var rig = RoleRig("https://private.test/");
        rig.Api.Then(_ => RoleAnswer(rig, TimeSpan.FromMinutes(4)))
            .Then("""{"ret_code":0}""")
            .ThenFail(FakeApi.Refused())
            .Then("""{"ret_code":0}""");

        rig.Run(async () =>
        {
            await Call(rig);
            await Call(rig);
        });

        Assert.Equal(4, rig.Api.Calls.Count);
    }

    [Fact]
    public void An_instance_without_a_role_has_no_credentials()
    {
        using var rig = RoleRig("https://private.test/");
        rig.Api.Then("", HttpStatusCode.NotFound).Then("", HttpStatusCode.NotFound);

        Assert.False(rig.Run(() => rig.Client.HasCredentialsAsync(CancellationToken.None)));
        Assert.Contains(
            "role " + "bound",
            Assert.Throws<QingCloudException>(() => rig.Run(() => Call(rig))).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("silence")]
    [InlineData("500")]
    [InlineData("garbage")]
    [InlineData("expiry")]
    [InlineData("huge")]
    public void A_role_that_cannot_be_asked_is_an_error_after_three_tries(string how)
    {
        using var rig = RoleRig("https://private.test/");
        rig.Api.Otherwise = async _ =>
        {
            await (how == "silence" ? Task.Delay(TimeSpan.FromDays(1), rig.Clock) : Task.CompletedTask);
            return how switch
            {
                "500" => rig.Api.Answer("x", HttpStatusCode.InternalServerError),
                "garbage" => rig.Api.Answer("""{"secret_key":"Winter#4k"}"""),
                "expiry" => rig.Api.Answer(
                    """{"access_key":"A","secret_key":"Winter#4k","id_token":"t","expiration":1e300}"""
                ),
                "huge" => rig.Api.Answer("{\"a\":\"" + new string('x', 1_000_000) + "\"}"),
                _ => throw FakeApi.Refused(),
            };
        };

        var failure = Assert.Throws<QingCloudException>(() =>
            rig.Run(() => rig.Client.HasCredentialsAsync(CancellationToken.None))
        );

        Assert.Equal(3, rig.Api.Calls.Count);
        Assert.Contains("useInstanceRole", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Winter#4k", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_question_to_the_role_is_a_cancellation()
    {
        using var rig = RoleRig("https://private.test/");
        rig.Api.Otherwise = async _ =>
        {
            await Task.Delay(TimeSpan.FromDays(1), rig.Clock);
            return rig.Api.Answer("");
        };

        Assert.ThrowsAny<OperationCanceledException>(() =>
            rig.Run(() => rig.Client.HasCredentialsAsync(rig.After(TimeSpan.FromSeconds(1))))
        );
    }

    private static Rig RoleRig(string endpoint) =>
        new(new QingCloudOptions { UseInstanceRole = true, Endpoint = new Uri(endpoint) });

    private static Task<HttpResponseMessage> RoleAnswer(Rig rig, TimeSpan validity)
    {
        var end = (rig.Clock.GetUtcNow() + validity).ToUnixTimeSeconds();
        return Task.FromResult(
            rig.Api.Answer($$"""{"access_key":"ROLE","secret_key":"s","id_token":"id/token","expiration":{{end}}}""")
        );
    }

    private static Task<Cluster?> Call(Rig rig, string zone = "sh1a") =>
        rig.Client.FindClusterAsync(zone, "cl-1", Freshness.Live, CancellationToken.None);

    private static (string Key, string Address, string? Zone) Used(
        QingCloudOptions options,
        IReadOnlyDictionary<string, string> environment
    )
    {
        using var rig = new Rig(options, environment);
        rig.Api.Otherwise = _ => Task.FromResult(rig.Api.Answer("""{"ret_code":0,"cluster_set":[]}"""));
        rig.Run(() => Call(rig));
        Assert.True(rig.Run(() => rig.Client.HasCredentialsAsync(CancellationToken.None)));
        return (
            rig.Api.Calls[0].Form["access_key_id"],
            rig.Api.Calls[0].Request.RequestUri!.ToString(),
            rig.Run(() => rig.Client.DefaultZoneAsync(CancellationToken.None))
        );
    }

    /// <summary>Puts something in place of the default file that no call should wait for.</summary>
    private void WriteBadFile(string kind)
    {
        WriteFile(kind == "no YAML" ? "- Winter#4k\n" : "qy_access_key_id: FILE\n");
        var path = Path.Join(_home, ".qingcloud", "config.yaml");
        if (kind is not ("no YAML" or "unreadable"))
            File.Delete(path);

        switch (kind)
        {
            case "unreadable":
                // Root may read whatever is there, but nobody reads a loop of links.
                File.Delete(path);
                File.CreateSymbolicLink(path, path);
                break;
            case "a pipe":
                using (var made = System.Diagnostics.Process.Start("mkfifo", path))
                    made.WaitForExit();
                break;
            case "endless":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "a folder":
                Directory.CreateDirectory(path);
                break;
            case "an open pipe":
                // What a shell passes for <(...).
                _pipe = new AnonymousPipeServerStream(PipeDirection.Out);
                File.CreateSymbolicLink(path, $"/dev/fd/{_pipe.SafePipeHandle.DangerousGetHandle()}");
                break;
            case "nowhere":
                File.CreateSymbolicLink(path, Path.Join(_home, "missing"));
                break;
            default:
                break;
        }
    }

    private void WriteFile(string text)
    {
        Directory.CreateDirectory(Path.Join(_home, ".qingcloud"));
        File.WriteAllText(Path.Join(_home, ".qingcloud", "config.yaml"), text);
    }
}
