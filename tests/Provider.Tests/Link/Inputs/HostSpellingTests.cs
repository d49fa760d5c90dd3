namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>A source whose address is written in another way is the same source, whatever is compared.</summary>
public sealed class HostSpellingTests : IDisposable
{
    private readonly LifecycleRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Theory]
    [InlineData("db.corp.example", "DB.Corp.Example")]
    [InlineData("db.corp.example", "db.corp.example.")]
    [InlineData("fd00::1", "[FD00:0::1]")]
    public void Another_spelling_changes_nothing(string one, string other) =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(With(one), "create");

            await _rig.UpAsync(With(other), "same");

            // An update for another reason compares the link with the inputs.
            await _rig.UpAsync(With(other).With("onDelete", PropertyValue.Of("promote")), "update");
            Assert.Equal("same", (await _rig.Stack.RefreshAsync()).Done);
            Assert.Equal((1, 0, 0), _rig.Submissions);
        });

    [Fact]
    public void Another_spelling_is_found_again_after_the_state_was_lost() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(With("db.corp.example"), "create");
            _rig.Stack.Stored = null;

            await _rig.UpAsync(With("DB.corp.example."), "create");

            Assert.Equal((1, 0, 0), _rig.Submissions);
        });

    [Fact]
    public void Another_host_is_a_change() =>
        _rig.Run(async () =>
        {
            await _rig.UpAsync(With("db.corp.example"), "create");

            await _rig.UpAsync(With("db2.corp.example"), "update");

            Assert.Equal((2, 1, 0), _rig.Submissions);
        });

    private static PropertyMap With(string host) => LifecycleRig.Program.WithSource("host", PropertyValue.Of(host));
}
