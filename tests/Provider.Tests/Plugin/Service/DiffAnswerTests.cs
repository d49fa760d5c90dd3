using QingCloudMySqlStandby.Plugin.Protocol;
using QingCloudMySqlStandby.Plugin.Service;
using Kind = QingCloudMySqlStandby.Plugin.Protocol.PropertyDiff.Types.Kind;

namespace QingCloudMySqlStandby.Plugin.Service;

public sealed class DiffAnswerTests
{
    [Fact]
    public void No_changes_are_no_changes_in_every_field()
    {
        var answer = DiffAnswer.Of(DiffResult.None, []);

        Assert.Equal(DiffResponse.Types.DiffChanges.DiffNone, answer.Changes);
        Assert.Empty(answer.Diffs);
        Assert.Empty(answer.Replaces);
        Assert.Empty(answer.DetailedDiff);
        Assert.False(answer.HasDetailedDiff);
    }

    [Fact]
    public void All_fields_follow_from_the_changes()
    {
        var answer = Answer(
            true,
            [],
            ("source.host", new(ChangeKind.Update)),
            ("source.clusterId", new(ChangeKind.Update, Replace: true)),
            ("state", new(ChangeKind.Update, IsInputDiff: false))
        );

        Assert.Equal(DiffResponse.Types.DiffChanges.DiffSome, answer.Changes);
        Assert.Equal(["source", "state"], answer.Diffs);
        Assert.Equal(["source"], answer.Replaces);
        Assert.True(answer.DeleteBeforeReplace);
        Assert.True(answer.HasDetailedDiff);
        Assert.Equal(
            [
                ("source.clusterId", Kind.UpdateReplace, true),
                ("source.host", Kind.Update, true),
                ("state", Kind.Update, false),
            ],
            answer
                .DetailedDiff.OrderBy(d => d.Key, StringComparer.Ordinal)
                .Select(d => (d.Key, d.Value.Kind, d.Value.InputDiff))
        );
    }

    [Theory]
    [InlineData(ChangeKind.Add, false, 0)]
    [InlineData(ChangeKind.Add, true, 1)]
    [InlineData(ChangeKind.Delete, false, 2)]
    [InlineData(ChangeKind.Delete, true, 3)]
    [InlineData(ChangeKind.Update, false, 4)]
    [InlineData(ChangeKind.Update, true, 5)]
    public void Each_kind_of_change_has_its_number(ChangeKind kind, bool replace, int expected)
    {
        Assert.Equal(expected, (int)Answer(false, [], ("x", new(kind, replace))).DetailedDiff["x"].Kind);
    }

    [Theory]
    [InlineData("source")]
    [InlineData("source.clusterId")]
    [InlineData("source[\"clusterId\"]")]
    [InlineData("*")]
    public void An_ignored_change_is_gone_from_every_field(string ignored)
    {
        var answer = Answer(true, [ignored], ("source.clusterId", new(ChangeKind.Update, Replace: true)));

        Assert.Equal(DiffAnswer.Of(DiffResult.None, []), answer);
    }

    [Fact]
    public void Ignoring_a_part_leaves_the_change_of_the_whole()
    {
        Assert.Equal(["source"], Answer(false, ["source.host"], ("source", new(ChangeKind.Add))).Diffs);
    }

    [Fact]
    public void Ignoring_all_replacing_changes_leaves_an_update_in_place()
    {
        var answer = Answer(
            true,
            ["role"],
            ("role", new(ChangeKind.Update, Replace: true)),
            ("onDelete", new(ChangeKind.Update))
        );

        Assert.Equal(["onDelete"], answer.Diffs);
        Assert.Empty(answer.Replaces);
        Assert.False(answer.DeleteBeforeReplace);
    }

    private static DiffResponse Answer(
        bool deleteFirst,
        string[] ignored,
        params (string Path, PropertyChange Change)[] changes
    ) => DiffAnswer.Of(new DiffResult(changes.ToDictionary(c => c.Path, c => c.Change), deleteFirst), ignored);
}
