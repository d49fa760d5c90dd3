namespace QingCloudMySqlStandby.QingCloud.Tests;

public sealed class ServiceRunnerTests
{
    [Fact]
    public void An_accepted_call_gives_its_job_and_was_one_POST()
    {
        using var rig = new Rig();
        rig.Api.Then("\"{u'job_id': u'j-pfiu9d1waxq',\n u'service': u'start_standby',\n u'ret_code': 0, \n u'role': u'maininstance'}\"");

        var job = rig.Run(() => rig.Client.RunServiceAsync(Rig.Start, CancellationToken.None));

        Assert.Equal("j-pfiu9d1waxq", job);
        var call = Assert.Single(rig.Api.Calls);
        Assert.Equal(HttpMethod.Post, call.Request.Method);
        Assert.Equal("https://api.test/iaas/", call.Request.RequestUri!.ToString());
        Assert.Equal("RunClusterCustomService", call.Action);
        Assert.Equal(
            """{"sync_way":"full","zone":"pek3a","host":"192.168.0.232","cluster_id":"cl-source","user":"migrate_user","password":"Passwd@123 \"'\\","port":3306}""",
            call.Form["service_params"]);
    }

    [Fact]
    public void A_call_that_was_never_sent_is_made_again()
    {
        using var rig = new Rig();
        rig.Api.ThenFail(FakeApi.Refused()).Then("""{"ret_code":0,"job_id":"j-1"}""");

        Assert.Equal("j-1", rig.Run(() => rig.Client.RunServiceAsync(Rig.Start, CancellationToken.None)));
    }
}
