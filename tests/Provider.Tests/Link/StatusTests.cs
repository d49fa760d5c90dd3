namespace QingCloudMySqlStandby.Link;

/// <summary>The status line of an operation that waits.</summary>
public sealed class StatusTests : IDisposable
{
    private readonly LifecycleRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_full_copy_is_shown_with_how_long_the_last_one_took() =>
        _rig.Run(async () =>
        {
            _rig.Cloud.SetDuration("start_standby", new TimeSpan(3, 12, 0));
            await _rig.UpAsync(LifecycleRig.Program, "create");
            Assert.DoesNotContain(
                _rig.Stack.Lines,
                line => line.Contains("last full " + "copy", StringComparison.Ordinal)
            );
            await _rig.FailOverAsync("stopped");

            await _rig.UpAsync(_rig.Relink, "update");

            Assert.Contains(
                _rig.Stack.Lines,
                line =>
                    line.StartsWith("status: start_standby: job j-", StringComparison.Ordinal)
                    && line.EndsWith(", 4s (the last full copy took 3h12m)", StringComparison.Ordinal)
            );
        });
}
