using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class DirectiveTests : IDisposable
{
    private const string RequestId = "0123456789abcdef0123456789abcdef";
    private static readonly string[] Asked = ["action", "cluster", "role", "service", "service_params", "zone"];
    private static readonly string[] OfCall = ["expires", "limit", "status", "status.1", "time_stamp", "version"];
    private static readonly string[] Signing = ["access_key_id", "signature", "signature_method", "signature_version"];
    private static readonly string[] Added = ["app_ids", "request_zone", "resource_ids", "resource_kit", "sender"];
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Every_parameter_is_echoed_as_it_was_sent_and_the_cloud_adds_its_own()
    {
        var sent = StrayStart();
        var answer = await _bench.CallAsync(sent);
        Assert.Equal(0, answer.RetCode());

        var directive = (await DirectivesAsync()).Single()!;
        Assert.Equal(Sorted([.. Asked, .. OfCall, .. Signing, .. Added, "req_id"]), Names(directive));
        foreach (var (name, value) in sent.Where(parameter => parameter.Key != "expires"))
            Assert.Equal(value, (string)directive[name]!);

        Assert.Equal(_bench.Api.Calls.Kept[0].Parameters["signature"], (string)directive["signature"]!);
        Assert.Equal(["running"], directive["status"]!.AsArray().Select(item => (string)item!));
        Assert.Equal([Bench.Standby], directive["resource_ids"]!.AsArray().Select(item => (string)item!));
        Assert.Equal("sh1a", (string)directive["request_zone"]!);
        Assert.Equal(Bench.Stamp(_bench.Clock.GetUtcNow().AddSeconds(59)), (string)directive["expires"]!);
        string[] ofSender = ["user_id", "root_user_id", "role", "privilege", "console_id", "lang", "channel"];
        Assert.Equal(Sorted(ofSender), Names(directive["sender"]!));
        Assert.Equal("api", (string)directive["sender"]!["channel"]!);
    }

    [Fact]
    public async Task A_token_is_echoed_too()
    {
        using var bench = new Bench(new ApiOptions(RoleLifetime: TimeSpan.FromHours(1)));
        var role = Bench.Parse(await bench.TextAsync(Bench.Metadata()));
        var parameters = bench.StartParameters();
        parameters["access_key_id"] = (string)role["access_key"]!;
        parameters["token"] = (string)role["id_token"]!;
        var form = Signer.Sign("POST", "/iam/", parameters, (string)role["secret_key"]!);
        await bench.TextAsync(Bench.PostForm(form, new Uri(Bench.Root, "/iam/")));
        var job = (await bench.CallAsync("DescribeJobs")).Jobs().Single()!;
        Assert.Equal((string)role["id_token"]!, (string)Bench.Parse((string)job["directive"]!)["token"]!);
    }

    [Fact]
    public async Task A_sender_cannot_be_forged()
    {
        var sent = StrayStart();
        sent["sender"] = """{"channel":"console"}""";
        await _bench.CallAsync(sent);
        Assert.Equal("api", (string)(await DirectivesAsync()).Single()!["sender"]!["channel"]!);
    }

    [Theory]
    [InlineData(Echo.WithoutRequestId)]
    [InlineData(Echo.WithoutSender)]
    [InlineData(Echo.None)]
    public async Task Less_can_be_echoed(Echo echo)
    {
        await _bench.CallAsync(StrayStart());
        _bench.Api.JobListing = new JobListing(echo);
        var directive = (await DirectivesAsync()).Single();
        IEnumerable<string>? expected = echo switch
        {
            Echo.WithoutRequestId => Sorted([.. Asked, .. OfCall, .. Signing, .. Added]),
            Echo.WithoutSender => Sorted([.. Asked, .. OfCall]),
            _ => null,
        };
        Assert.Equal(expected, directive is null ? null : Names(directive));

        _bench.Api.JobListing = new JobListing();
        Assert.Equal(RequestId, (string)(await DirectivesAsync()).Single()!["req_id"]!);
    }

    [Fact]
    public async Task Jobs_may_differ_in_how_much_they_echo()
    {
        using var bench = new Bench(new ApiOptions(JobListing: new JobListing(Echo.WithoutSender)));
        bench.Api.AddFault("job=successful,service=stop_standby,echo=full");
        bench.Cloud.PlanJobs(new JobPlan { Service = "promote_standby", Echo = Echo.None });
        foreach (var service in new[] { "stop_standby", "promote_standby" })
        {
            await bench.StartAsync();
            bench.Pass(2);
            await bench.ServiceAsync(service);
            bench.Pass(2);
        }

        var signed = (await bench.CallAsync("DescribeJobs"))
            .Jobs()
            .Select(job => ((string?)job!["directive"])?.Contains("signature", StringComparison.Ordinal));
        Assert.Equal([null, false, true, false], signed);
    }

    [Theory]
    [InlineData(PasswordMask.Clear, Bench.Password)]
    [InlineData(PasswordMask.ThreeStars, "***")]
    [InlineData(PasswordMask.SixStars, "******")]
    [InlineData(PasswordMask.EightStars, "********")]
    [InlineData(PasswordMask.Hidden, "<hidden>")]
    [InlineData(PasswordMask.Crosses, "xxxxxx")]
    [InlineData(PasswordMask.Filtered, "[FILTERED]")]
    [InlineData(PasswordMask.TwoLetters, "Pa********")]
    [InlineData(PasswordMask.Empty, "")]
    [InlineData(PasswordMask.Absent, null)]
    public async Task A_password_is_in_clear_or_hidden(PasswordMask mask, string? expected)
    {
        await _bench.StartAsync();
        _bench.Pass(2);
        _bench.Cloud.SetReadOnlyByConsole(Bench.Standby, readOnly: true);
        _bench.Cloud.Knobs = new Knobs { PasswordMask = mask };
        Assert.Equal(mask != PasswordMask.Clear, _bench.Api.JobListing.HidePasswords);
        var directives = await DirectivesAsync();
        Assert.Equal("""{"readonly":"ON"}""", (string)directives[0]!["service_params"]!);
        var start = Bench.Parse((string)directives[1]!["service_params"]!);
        Assert.Equal(expected, (string?)start["password"]);
        Assert.Equal(mask != PasswordMask.Absent, start.ContainsKey("password"));
    }

    [Fact]
    public async Task A_job_of_the_console_shows_a_user_and_no_key()
    {
        _bench.Link();
        _bench.Cloud.Restart(Bench.Standby);
        foreach (var directive in await DirectivesAsync())
        {
            Assert.Equal("console", (string)directive!["sender"]!["channel"]!);
            Assert.StartsWith("usr-", (string)directive["sender"]!["user_id"]!, StringComparison.Ordinal);
            Assert.Empty(Names(directive).Intersect([.. Signing, "req_id"]));
        }
    }

    [Fact]
    public async Task A_job_of_the_cloud_itself_shows_the_system_and_no_key()
    {
        _bench.Cloud.Suspend(Bench.Standby);
        var directive = (await DirectivesAsync()).Single()!;
        Assert.Equal("internal", (string)directive["sender"]!["channel"]!);
        Assert.Equal("system", (string)directive["sender"]!["user_id"]!);
        Assert.Equal([Bench.Standby], directive["clusters"]!.AsArray().Select(item => (string)item!));
        Assert.Empty(Names(directive).Intersect([.. Signing, "req_id"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(RequestId)]
    public async Task A_job_of_another_key_shows_that_key_its_signature_and_its_request_id(string? requestId)
    {
        var script = _bench.Api.ByKey("QYSCRIPT", requestId);
        script.Start(Bench.Standby, Bench.SourceEndpoint, SyncWay.Increment);
        _bench.Pass(2);
        script.Stop(Bench.Standby);
        _bench.Pass(2);
        _bench.Api.ByKey(_bench.Options.AccessKeyId, requestId).Start(Bench.Standby, Bench.SourceEndpoint);
        _bench.Pass(2);
        script.Promote(Bench.Standby);
        Assert.Empty(_bench.Api.Calls.Of("RunClusterCustomService"));

        var directives = await DirectivesAsync();
        string[] keys = ["QYSCRIPT", _bench.Options.AccessKeyId, "QYSCRIPT", "QYSCRIPT"];
        Assert.Equal(keys, directives.Select(directive => (string)directive!["access_key_id"]!));
        Assert.All(directives, directive => Assert.Equal("api", (string)directive!["sender"]!["channel"]!));
        Assert.All(directives, directive => Assert.Equal(requestId, (string?)directive!["req_id"]));
        Assert.Equal(4, directives.Select(directive => (string)directive!["signature"]!).Distinct().Count());
    }

    [Fact]
    public async Task A_call_of_another_key_is_signed_as_the_api_wants_it()
    {
        _bench.Api.AddAccessKey("QYSCRIPT", _bench.Options.SecretAccessKey);
        _bench.Api.ByKey("QYSCRIPT").Start(Bench.Standby, Bench.SourceEndpoint);
        var directive = (await DirectivesAsync()).Single()!;
        string[] notSent = ["signature", "expires", .. Added];
        var sent = directive
            .Where(item => !notSent.Contains(item.Key))
            .ToDictionary(item => item.Key, item => (string)item.Value!);
        var form = Signer.Sign("POST", "/iaas/", sent, _bench.Options.SecretAccessKey);
        Assert.EndsWith($"signature={Signer.Escape((string)directive["signature"]!)}", form, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_key_is_refused_is_refused_as_at_the_console() =>
        Assert.Equal(
            1400,
            Assert.Throws<RefusedException>(() => _bench.Api.ByKey("QYSCRIPT").Stop(Bench.Standby)).RetCode
        );

    private static IEnumerable<string> Names(JsonNode node) => Sorted(node.AsObject().Select(item => item.Key));

    private static IEnumerable<string> Sorted(IEnumerable<string> names) => names.Order(StringComparer.Ordinal);

    /// <summary>A start with a request id, and with parameters that belong to other actions.</summary>
    private Dictionary<string, string> StrayStart()
    {
        var parameters = _bench.StartParameters();
        parameters["req_id"] = RequestId;
        parameters["limit"] = "20";
        parameters["status.1"] = "running";
        parameters["expires"] = Bench.Stamp(_bench.Clock.GetUtcNow().AddSeconds(30));
        return parameters;
    }

    private async Task<List<JsonObject?>> DirectivesAsync() =>
        (await _bench.CallAsync("DescribeJobs"))
            .Jobs()
            .Select(job => job!["directive"] is { } directive ? Bench.Parse((string)directive!) : null)
            .ToList();
}
