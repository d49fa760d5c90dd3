using QingCloudMySqlStandby.QingCloud.Client;

namespace QingCloudMySqlStandby.QingCloud;

/// <summary>What takes more than two seconds is shown, and an address that never answers is given up soon.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly Rig _rig = new();
    private readonly FakeZone _zone;
    private readonly List<string> _lines = [];
    private readonly QingCloudClient _cloud;

    public ReportTests()
    {
        _zone = new FakeZone(_rig.Api);
        _cloud = _rig.Client.Reporting(_lines.Add);
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void An_answer_that_comes_at_once_is_no_news()
    {
        Look();

        Assert.Empty(_lines);
    }

    [Fact]
    public void A_slow_answer_is_shown_while_it_is_waited_for()
    {
        _rig.Api.Then(async asked =>
        {
            await Task.Delay(TimeSpan.FromSeconds(3), _rig.Clock);
            return await _rig.Api.Otherwise(asked);
        });

        Look();

        Assert.Equal("DescribeJobs (job j-1): waiting for QingCloud's answer", Assert.Single(_lines));
    }

    [Fact]
    public void A_read_that_is_made_again_is_shown()
    {
        _rig.Api.Then("<html>502</html>", System.Net.HttpStatusCode.BadGateway);

        Look();

        Assert.EndsWith("Trying again.", Assert.Single(_lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_that_is_refused_for_the_moment_is_shown()
    {
        _rig.Api.Then("""{"ret_code":1400,"message":"not ready, please try later"}""");
        _zone.Run = _ => """{"ret_code":0,"job_id":"j-1"}""";

        Start();

        Assert.EndsWith("Trying again.", Assert.Single(_lines), StringComparison.Ordinal);
        Assert.DoesNotContain(Rig.Password, _lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_answer_is_shown_while_its_job_is_looked_for()
    {
        _rig.Api.Then("", System.Net.HttpStatusCode.BadGateway);
        _zone.Run = _ => """{"ret_code":0,"job_id":"j-1"}""";

        Start();

        Assert.Contains(
            "start_standby on cl-standby: the answer was lost; looking for its job (up to two minutes)",
            _lines
        );
    }

    [Fact]
    public void An_address_that_never_answered_is_given_up_after_20_seconds()
    {
        _rig.Api.Otherwise = _ => throw FakeApi.Refused();

        var failure = Assert.Throws<QingCloudException>(Look);

        Assert.Equal(FailureKind.Unreachable, failure.Kind);
        Assert.InRange(_rig.Elapsed, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(21));
        Assert.Contains("`endpoint`", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_has_answered_is_tried_for_two_minutes()
    {
        _rig.Api.Then("<html>502</html>", System.Net.HttpStatusCode.BadGateway);
        _rig.Api.Otherwise = _ => throw FakeApi.Refused();

        Assert.Throws<QingCloudException>(Look);

        Assert.InRange(_rig.Elapsed, TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(121));
    }

    private void Look() => _rig.Run(() => _cloud.FindJobAsync("sh1a", "j-1", CancellationToken.None));

    private void Start() => _rig.Run(() => _cloud.RunServiceAsync(Rig.Start, CancellationToken.None));
}
