namespace QingCloudMySqlStandby.QingCloud;

public sealed class SourceTabTests : IDisposable
{
    private readonly Rig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData(
        """
            {"labels":["源集群 ID","源集群区域","源集群地址","端口","用户","同步状态"],
             "data":[["cl-standby","","","","",""],["cl-9np7ig3g","pek3a","192.168.0.232","3306","migrate_user","ok"]]}
            """
    )]
    [InlineData(
        """
            {"labels":[],"data":[{"source_cluster":"cl-9np7ig3g","zone":"pek3a","vip":"192.168.0.232","port":3306,
             "user":"migrate_user","status":"ok"}]}
            """
    )]
    [InlineData(
        """
            {"labels":["k","v"],"data":[["cluster","cl-9np7ig3g"],["zone","pek3a"],["host","192.168.0.232"],
             ["port",3306],["account","migrate_user"],["state","ok"],["note"]]}
            """
    )]
    public void A_source_tab_is_read_in_each_form(string tabs)
    {
        _rig.Api.Then("""{"ret_code":0,"display_tabs":T}""".Replace("T}", tabs + "}", StringComparison.Ordinal));

        var tab = _rig.Run(() =>
            _rig.Client.FindSourceTabAsync(
                "sh1a",
                ClusterWith("roles", "dr_relation"),
                "maininstance",
                Freshness.Live,
                CancellationToken.None
            )
        );

        Assert.Equal(
            new SourceTab("cl-9np7ig3g", "pek3a", "192.168.0.232", 3306, "migrate_user", "ok"),
            tab! with
            {
                IsLabelled = false,
            }
        );
        Assert.Equal(
            ("dr_relation", "cl-standby", "maininstance"),
            (_rig.Api.Calls[0].Form["display_tabs"], _rig.Api.Calls[0].Form["cluster"], _rig.Api.Calls[0].Form["role"])
        );
    }

    [Theory]
    [InlineData("""{"ret_code":0}""")]
    [InlineData("""{"ret_code":0,"display_tabs":{"labels":["x"],"data":[["y"],"z",[]]}}""")]
    [InlineData("""{"ret_code":2100,"message":"no such tab"}""")]
    public void A_tab_that_shows_nothing_is_none(string body)
    {
        _rig.Api.Then(body).Then(body);

        Assert.Null(
            _rig.Run(() =>
                _rig.Client.FindSourceTabAsync(
                    "sh1a",
                    ClusterWith("standby", "灾备", "address"),
                    "maininstance",
                    Freshness.Live,
                    CancellationToken.None
                )
            )
        );
        Assert.Equal(2, _rig.Api.Calls.Count);
    }

    private static Cluster ClusterWith(params string[] tabs) =>
        new("cl-standby", "", "active", "", tabs.ToDictionary(t => t, _ => "", StringComparer.Ordinal));
}
