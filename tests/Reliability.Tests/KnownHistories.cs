using QingCloudMySqlStandby.Reliability.Tests.Scripts;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>Histories that broke a promise once, or that show the ones that matter; each is what the random ones shrink to.</summary>
public sealed class KnownHistories
{
    [Theory]
    [InlineData("set x; up; up; refresh; destroy")]
    [InlineData("set x; up; takes start_standby 10m; fault try-later,service=stop_standby; later 500ms console change A T; destroy")]
    [InlineData("set x; later 124s console promote A; up kill 4 after; import x A; set x source=T; console start A T")]
    [InlineData("set x; up; set x password=2; later 5099ms console stop A; fault http=502,when=before,action=RunClusterCustomService,times=4; up")]
    [InlineData("set x; up; fault job=failed,service=start_standby; set x host=2; takes start_standby 20m; fault try-later,times=2,service=start_standby; later 500ms console start A T; later 30m console promote A; up")]
    public void No_promise_is_broken(string script) => History.Live(Notation.Parse(script));
}
