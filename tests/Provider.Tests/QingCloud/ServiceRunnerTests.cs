using System.Net;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.QingCloud.Services;

namespace QingCloudMySqlStandby.QingCloud;

public sealed class ServiceRunnerTests : IDisposable
{
    private static readonly ServiceCall Stop = new("sh1a", "cl-standby", "maininstance", ServiceNames.StopStandby);
    private const string RequestId = "71636d7312348112800000deadbeef00";
    private readonly Rig _rig = new();
    private readonly FakeZone _zone;

    public ServiceRunnerTests() => _zone = new FakeZone(_rig.Api);

    /// <summary>Ways to lose the answer to a call that was carried out.</summary>
    public static TheoryData<string> LostAnswers =>
        ["cut", "silence", "502", "5000", "5100", "garbage", "no id", "too large", "503 with 5300"];

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void An_accepted_call_gives_its_job_and_was_one_POST()
    {
        _zone.Run = _ =>
            "\"{u'job_id': u'j-pfiu9d1waxq',\n u'service': u'start_standby',\n u'ret_code': 0, \n "
            + "u'role': u'maininstance'}\"";

        Assert.Equal("j-pfiu9d1waxq", Run(Rig.Start));

        var call = Assert.Single(_rig.Api.Calls);
        Assert.Equal(HttpMethod.Post, call.Request.Method);
        Assert.Equal("https://api.test/iaas/", call.Request.RequestUri!.ToString());
        Assert.Equal(
            """
            {"sync_way":"full","zone":"pek3a","host":"192.168.0.232","cluster_id":"cl-source",
            "user":"migrate_user","password":"Passwd@123 \"'\\","port":3306}
            """.ReplaceLineEndings(""),
            call.Form["service_params"]
        );
        Assert.Equal(
            ("cl-standby", "maininstance", "start_standby", "sh1a"),
            (call.Form["cluster"], call.Form["role"], call.Form["service"], call.Form["zone"])
        );
        Assert.Equal(FakeZone.Stamp(_rig.Clock.GetUtcNow()), call.Form["time_stamp"]);
        Assert.Equal(FakeZone.Stamp(_rig.Clock.GetUtcNow().AddSeconds(30)), call.Form["expires"]);
    }

    [Fact]
    public void A_service_without_parameters_sends_none()
    {
        _zone.Run = _ => """{"ret_code":0,"job_id":"j-1"}""";

        Run(Stop);

        Assert.DoesNotContain("service_params", _zone.Changes.Single().Form.Keys);
    }

    [Fact]
    public void GET_is_sent_where_it_is_asked_for()
    {
        using var other = new Rig(Rig.Options with { RequestMethod = RequestMethod.Get });
        other.Api.Then("""{"ret_code":0,"job_id":"j-1"}""");

        Assert.Equal("j-1", other.Run(() => other.Client.RunServiceAsync(Rig.Start, CancellationToken.None)));
        Assert.Equal(HttpMethod.Get, other.Api.Calls[0].Request.Method);
    }

    [Fact]
    public void What_certainly_did_nothing_is_made_again_until_it_works()
    {
        _rig.Api.ThenFail(FakeApi.Refused())
            .Then("""{"ret_code":1300,"message":"expired"}""")
            .Then("""{"ret_code":5300,"message":"updating"}""")
            .Then("""{"ret_code":1400,"message":"lease info not ready yet, please try later"}""")
            .Then("""{"ret_code":2500,"message":"too many API requests"}""");
        _zone.Run = _ => """{"ret_code":0,"job_id":"j-1"}""";

        Assert.Equal("j-1", Run(Rig.Start));
        Assert.Equal(6, _rig.Api.Calls.Count);
        Assert.All(_rig.Api.Calls, c => Assert.Equal("RunClusterCustomService", c.Action));
    }

    [Fact]
    public void A_server_that_cannot_be_reached_is_given_up_and_nothing_was_started()
    {
        _rig.Run(() => _rig.Client.FindJobAsync("sh1a", "j-1", CancellationToken.None));
        _rig.Api.Otherwise = _ => throw FakeApi.Refused();

        var failure = Fails(Rig.Start);

        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.InRange(_rig.Elapsed, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void A_passing_state_is_waited_for_as_long_as_the_caller_waits()
    {
        _zone.Run = _ => """{"ret_code":1400,"message":"not ready, please try later"}""";

        var cancelled = Assert.ThrowsAny<OperationCanceledException>(() =>
            _rig.Run(() => _rig.Client.RunServiceAsync(Rig.Start, _rig.After(TimeSpan.FromHours(1))))
        );

        Assert.Equal(FailureKind.Temporary, Assert.IsType<QingCloudException>(cancelled.InnerException).Kind);
    }

    [Theory]
    [InlineData("""{"ret_code":1200,"message":"bad key"}""", FailureKind.Unauthenticated)]
    [InlineData("""{"ret_code":1400,"message":"cluster is not active"}""", FailureKind.PermissionDenied)]
    [InlineData("""{"ret_code":5200,"message":"no resources"}""", FailureKind.Exhausted)]
    public void A_final_refusal_is_reported_at_once(string body, FailureKind kind)
    {
        _zone.Run = _ => body;

        Assert.Equal(kind, Fails(Rig.Start).Kind);
        Assert.Single(_rig.Api.Calls);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public void A_lost_answer_is_found_in_the_history(string how)
    {
        _rig.Api.Then(asked =>
        {
            _zone.AddJob(asked, "j-1", _rig.Clock.GetUtcNow());
            return Lose(how);
        });

        Assert.Equal("j-1", Run(Rig.Start));
        Assert.Single(_zone.Changes);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public void A_call_that_started_nothing_is_made_again_once_it_can_no_longer_be_accepted(string how)
    {
        _rig.Api.Then(_ => Lose(how));
        _zone.Run = asked =>
        {
            Assert.True(_rig.Elapsed >= TimeSpan.FromSeconds(90));
            _zone.AddJob(asked, "j-2", _rig.Clock.GetUtcNow());
            return """{"ret_code":0,"job_id":"j-2"}""";
        };

        Assert.Equal("j-2", Run(Rig.Start));
        Assert.Equal(2, _zone.Changes.Count());
    }

    [Fact]
    public void A_job_that_appears_late_is_found()
    {
        _rig.Api.Then(asked =>
        {
            var sent = _rig.Clock.GetUtcNow();
            _zone.Before = _ =>
            {
                if (_rig.Elapsed.TotalSeconds > 85 && _zone.Jobs.Count == 0)
                    _zone.AddJob(asked, "j-1", sent.AddSeconds(29));
            };
            return Lose("cut");
        });

        Assert.Equal("j-1", Run(Rig.Start));
        Assert.Single(_zone.Changes);
    }

    [Fact]
    public void Three_lost_answers_without_a_job_are_reported_as_ambiguous()
    {
        _zone.Run = _ => "garbage";

        var failure = Fails(Rig.Start);

        Assert.Equal(FailureKind.Ambiguous, failure.Kind);
        Assert.Equal(3, _zone.Changes.Count());
        Assert.Contains("start_standby on cluster cl-standby (zone sh1a)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("console", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_after_a_lost_answer_is_checked_against_the_history()
    {
        Asked? first = null;
        _rig.Api.Then(asked =>
        {
            first = asked;
            return Lose("cut");
        });
        _zone.Run = _ =>
        {
            _zone.AddJob(first!, "j-1", _rig.Clock.GetUtcNow());
            return """{"ret_code":1400,"message":"cluster has an operation under way, please try later"}""";
        };

        Assert.Equal("j-1", Run(Rig.Start));
    }

    [Theory]
    [InlineData("req_id")]
    [InlineData("signature")]
    public void The_job_that_echoes_the_call_is_found_exactly(string parameter)
    {
        var parameters = ServiceParameters.Write(Rig.Link);
        _rig.Api.Then(asked =>
        {
            var now = _rig.Clock.GetUtcNow();
            _zone.AddJob("j-theirs", now, serviceParams: parameters, echo: new() { [parameter] = "another call's" });
            _zone.AddJob("j-ours", now, echo: new() { [parameter] = asked.Form[parameter] });
            return Lose("cut");
        });

        Assert.Equal("j-ours", Submit(Rig.Start with { RequestId = RequestId }));
        Assert.Equal(RequestId, _zone.Changes.Single().Form["req_id"]);
    }

    [Theory]
    [InlineData("req_id", "another call's")]
    [InlineData("signature", "another call's")]
    [InlineData("channel", "console")]
    public void A_job_that_echoes_another_call_is_not_ours_whatever_it_does(string parameter, string value)
    {
        var parameters = ServiceParameters.Write(Rig.Link);
        _rig.Api.Then(_ =>
        {
            _zone.AddJob("j-1", _rig.Clock.GetUtcNow(), serviceParams: parameters, echo: new() { [parameter] = value });
            return Lose("cut");
        });
        _zone.Run = _ => """{"ret_code":0,"job_id":"j-2"}""";

        Assert.Equal("j-2", Submit(Rig.Start with { RequestId = RequestId }));
    }

    [Fact]
    public void A_call_that_is_made_again_keeps_its_request_id_and_gets_a_new_signature()
    {
        _rig.Api.Then(_ => Lose("cut"));
        _zone.Run = _ => """{"ret_code":0,"job_id":"j-1"}""";

        Run(Rig.Start with { RequestId = RequestId });

        var forms = _zone.Changes.Select(call => call.Form).ToList();
        Assert.Equal([RequestId, RequestId], forms.Select(form => form["req_id"]));
        Assert.Equal(2, forms.Select(form => form["signature"]).Distinct().Count());
    }

    [Fact]
    public void A_job_that_says_nothing_of_its_call_may_be_anybodys()
    {
        _rig.Api.Then(asked =>
        {
            _zone.AddJob(asked, "j-1", _rig.Clock.GetUtcNow(), isEchoed: false);
            return Lose("cut");
        });

        Assert.Equal(FailureKind.Ambiguous, Fails(Rig.Start with { RequestId = RequestId }).Kind);
    }

    [Fact]
    public void Jobs_of_another_time_cluster_kind_or_call_leave_nothing_open()
    {
        var now = _rig.Clock.GetUtcNow();
        var ours = ServiceParameters.Write(Rig.Link);
        _zone.AddJob("j-old", now.AddMinutes(-10), "failed", serviceParams: ours);
        _rig.Api.Then(_ =>
        {
            _zone.AddJob("j-1", now, cluster: "cl-other", serviceParams: ours);
            _zone.AddJob("j-2", now, service: null, action: "UpdateCluster");
            _zone.AddJob("j-3", now, serviceParams: ours, echo: new() { ["signature"] = "another call's" });
            _zone.AddJob("j-4", now, service: "stop_standby", echo: new() { ["req_id"] = "another call's" });
            return Lose("cut");
        });
        _zone.Run = _ => """{"ret_code":0,"job_id":"j-5"}""";

        Assert.Equal("j-5", Run(Rig.Start));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("start_standby", null)]
    [InlineData("start_standby", "")]
    [InlineData("start_standby", "******")]
    public void What_a_job_does_is_no_evidence_of_whose_it_is(string? service, string? password)
    {
        var parameters = password is null
            ? null
            : ServiceParameters.Write(Rig.Link with { Password = new SecretText(password) });
        _rig.Api.Then(_ =>
        {
            _zone.AddJob("j-1", _rig.Clock.GetUtcNow(), service: service, serviceParams: parameters);
            return Lose("cut");
        });

        Assert.Equal(FailureKind.Ambiguous, Fails(Rig.Start).Kind);
    }

    [Fact]
    public void Of_several_jobs_that_cannot_be_read_none_is_taken_and_it_is_left_open()
    {
        _rig.Api.Then(_ =>
        {
            _zone.AddJob("j-1", _rig.Clock.GetUtcNow(), service: null);
            _zone.AddJob("j-2", _rig.Clock.GetUtcNow(), service: null);
            return Lose("cut");
        });

        Assert.Equal(FailureKind.Ambiguous, Fails(Rig.Start with { KnownJobs = [] }).Kind);
        Assert.Single(_zone.Changes);
    }

    [Theory]
    [InlineData(-50)]
    [InlineData(50)]
    public void A_server_whose_clock_differs_is_understood(int seconds)
    {
        _rig.Api.ServerClockOffset = TimeSpan.FromSeconds(seconds);
        _zone.AddJob(
            "j-old",
            _rig.Clock.GetUtcNow().AddSeconds(seconds - 20),
            "failed",
            serviceParams: ServiceParameters.Write(Rig.Link)
        );
        _rig.Api.Then(asked =>
        {
            _zone.AddJob(asked, "j-1", _rig.Clock.GetUtcNow().AddSeconds(seconds));
            return Lose("cut");
        });

        Assert.Equal("j-1", Run(Rig.Start));
    }

    [Fact]
    public void A_server_that_is_behind_gets_the_longer_wait()
    {
        _rig.Api.ServerClockOffset = TimeSpan.FromSeconds(-50);
        _rig.Api.Then(_ => Lose("cut"));
        _zone.Run = _ =>
        {
            Assert.True(_rig.Elapsed >= TimeSpan.FromSeconds(140));
            return """{"ret_code":0,"job_id":"j-1"}""";
        };

        Run(Rig.Start);
    }

    [Fact]
    public void An_outage_while_settling_is_sat_out()
    {
        var healthy = _rig.Api.Otherwise;
        _rig.Api.Otherwise = asked =>
            _rig.Elapsed < TimeSpan.FromMinutes(30) ? throw FakeApi.Refused() : healthy(asked);
        _rig.Api.Then(asked =>
        {
            _zone.AddJob(asked, "j-1", _rig.Clock.GetUtcNow());
            return Lose("cut");
        });

        Assert.Equal("j-1", Run(Rig.Start));
    }

    [Fact]
    public void A_history_that_may_not_be_read_leaves_it_open()
    {
        _rig.Api.Then(_ => Lose("cut")).Then("""{"ret_code":1400,"message":"no permission for DescribeJobs"}""");

        var failure = Fails(Rig.Start);

        Assert.Equal(FailureKind.Ambiguous, failure.Kind);
        Assert.Contains("no permission for DescribeJobs", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_too_long_to_read_leaves_it_open()
    {
        _rig.Api.Then(_ =>
        {
            for (var i = 0; i < 9600; i++)
                _zone.AddJob($"j-{i}", _rig.Clock.GetUtcNow(), cluster: "cl-other");

            return Lose("cut");
        });

        Assert.Equal(FailureKind.Ambiguous, Fails(Rig.Start).Kind);
    }

    [Fact]
    public void A_caller_who_cancels_still_gets_an_answer_that_comes_at_once()
    {
        _rig.Api.Then(async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(12), _rig.Clock);
            return _rig.Api.Answer("""{"ret_code":0,"job_id":"j-1"}""");
        });

        Assert.Equal(
            "j-1",
            _rig.Run(() => _rig.Client.RunServiceAsync(Rig.Start, _rig.After(TimeSpan.FromSeconds(10))))
        );
        Assert.InRange(_rig.Elapsed.TotalSeconds, 12, 12.1);
    }

    [Fact]
    public void A_caller_who_cancels_before_the_answer_learns_that_it_is_open()
    {
        _rig.Api.Then(_ => Lose("silence"));

        var failure = Assert.Throws<QingCloudException>(() =>
            _rig.Run(() => _rig.Client.RunServiceAsync(Rig.Start, _rig.After(TimeSpan.FromSeconds(10))))
        );

        Assert.Equal(FailureKind.Ambiguous, failure.Kind);
        Assert.InRange(_rig.Elapsed.TotalSeconds, 13, 13.1);
        Assert.Contains("cancelled before its answer", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_caller_who_cancels_while_it_is_settled_learns_that_it_is_open()
    {
        _rig.Api.Then(_ => Lose("cut"));

        var failure = Assert.Throws<QingCloudException>(() =>
            _rig.Run(() => _rig.Client.RunServiceAsync(Rig.Start, _rig.After(TimeSpan.FromSeconds(40))))
        );

        Assert.Equal(FailureKind.Ambiguous, failure.Kind);
        Assert.InRange(_rig.Elapsed.TotalSeconds, 40, 40.1);
    }

    [Fact]
    public void A_caller_who_cancels_first_sends_nothing()
    {
        Assert.ThrowsAny<OperationCanceledException>(() =>
            _rig.Run(() => _rig.Client.RunServiceAsync(Rig.Start, new CancellationToken(canceled: true)))
        );
        Assert.Empty(_rig.Api.Calls);
    }

    [Fact]
    public void Calls_on_one_cluster_go_one_after_the_other_and_on_two_together()
    {
        var open = new Dictionary<string, int>(StringComparer.Ordinal);
        var most = 0;
        _rig.Api.Otherwise = async asked =>
        {
            var cluster = asked.Form["cluster"];
            open[cluster] = open.GetValueOrDefault(cluster) + 1;
            most = Math.Max(most, open.Values.Sum());
            Assert.Equal(1, open[cluster]);
            await Task.Delay(TimeSpan.FromSeconds(1), _rig.Clock);
            open[cluster]--;
            return _rig.Api.Answer("""{"ret_code":0,"job_id":"j-1"}""");
        };

        _rig.Run(() =>
            Task.WhenAll(
                Enumerable
                    .Range(0, 6)
                    .Select(i =>
                        _rig.Client.RunServiceAsync(Stop with { ClusterId = $"cl-{i % 2}" }, CancellationToken.None)
                    )
            )
        );

        Assert.Equal(2, most);
    }

    [Fact]
    public void No_secret_is_in_any_exception_whatever_the_server_echoes()
    {
        var echo = $"{Rig.Password} {Uri.EscapeDataString(Rig.Password)} {Rig.SecretKey}";
        foreach (
            var body in new[]
            {
                echo,
                new JsonObject { ["ret_code"] = 1100, ["message"] = echo }.ToJsonString(),
                new JsonObject
                {
                    ["ret_code"] = 5000,
                    ["message"] = "service_params=" + ServiceParameters.Write(Rig.Link),
                }.ToJsonString(),
                "echo " + ServiceParameters.Write(Rig.Link),
            }
        )
        {
            using var other = new Rig();
            other.Api.Otherwise = asked =>
                Task.FromResult(
                    other.Api.Answer(
                        body.Replace(
                            "echo",
                            asked.Form["signature"] + asked.Form["access_key_id"],
                            StringComparison.Ordinal
                        )
                    )
                );

            var text = Assert
                .Throws<QingCloudException>(() =>
                    other.Run(() => other.Client.RunServiceAsync(Rig.Start, other.After(TimeSpan.FromHours(1))))
                )
                .ToString();

            foreach (var secret in new[] { "Passwd", Rig.SecretKey, "AKEXAMPLE", other.Api.Calls[0].Form["signature"] })
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_that_is_printed_shows_a_secret()
    {
        Assert.Equal("[secret]", new SecretText("x").ToString());
        Assert.DoesNotContain("Passwd", Rig.Start.ToString(), StringComparison.Ordinal);
        Assert.Equal(nameof(QingCloudOptions), Rig.Options.ToString());
        Assert.Equal(new SecretText("a"), new SecretText("a"));
        Assert.NotEqual(new SecretText("a"), new SecretText("b"));
        Assert.False(new SecretText("a").Equals((object?)"a"));
        Assert.Equal(new SecretText("a").GetHashCode(), new SecretText("a").GetHashCode());
    }

    private async Task<HttpResponseMessage> Lose(string how)
    {
        switch (how)
        {
            case "cut":
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
            case "silence":
                await Task.Delay(TimeSpan.FromDays(1), _rig.Clock);
                throw new InvalidOperationException("too late");
            case "502":
                return _rig.Api.Answer("<html/>", HttpStatusCode.BadGateway);
            case "no id":
                return _rig.Api.Answer("""{"ret_code":0}""");
            case "garbage":
                return _rig.Api.Answer("{{{");
            case "too large":
                return _rig.Api.Answer(new string(' ', 17 * 1024 * 1024));
            case "503 with 5300":
                return _rig.Api.Answer("""{"ret_code":5300,"message":"x"}""", HttpStatusCode.ServiceUnavailable);
            default:
                return _rig.Api.Answer($$"""{"ret_code":{{how}},"message":"try again later"}""");
        }
    }

    private string Run(ServiceCall call) => Submit(call);

    private string Submit(ServiceCall call) =>
        _rig.Run(() => _rig.Client.RunServiceAsync(call, CancellationToken.None));

    private QingCloudException Fails(ServiceCall call) => Assert.Throws<QingCloudException>(() => Run(call));
}
