using QingCloudMySqlStandby.Engine.Display;
using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Tests;

public sealed class DisplayTests
{
    private static readonly Urn Urn = new("urn:pulumi:dev::p::t:index:T::a");

    [Fact]
    public void Changes_are_shown_by_their_paths_and_secrets_are_not()
    {
        var step = new StepRecord(
            StepKind.Update,
            Urn,
            StepOutcome.Succeeded,
            new Dictionary<string, PropertyChangeKind>
            {
                ["source.host"] = PropertyChangeKind.Update,
                ["source.password"] = PropertyChangeKind.UpdateReplace,
                ["state"] = PropertyChangeKind.Update,
                ["tag"] = PropertyChangeKind.Delete,
            }
        )
        {
            Old = Resource("old", "starting").WithTag(),
            New = Resource("new", "ready"),
        };

        Assert.Equal(
            [
                "~ source.host: \"old\" => \"new\"",
                "+- source.password: [secret] => [secret]",
                "~ state: \"starting\" => \"ready\"",
                "- tag: \"t\"",
            ],
            PropertyText.Lines(step)
        );
        Assert.Equal("~source.host,+-source.password,~state,-tag", PropertyText.Summary(step));
    }

    [Fact]
    public void A_status_is_shown_once_for_as_long_as_it_lasts()
    {
        using var text = new StringWriter();
        var screen = new Screen(text, "up", dryRun: false, showDiff: false);

        foreach (var message in new[] { "waiting", "waiting", "done", "waiting" })
            screen.Show(new StatusLine(Urn, message));

        Assert.Equal(
            ["a: waiting", "a: done", "a: waiting"],
            text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())
        );
    }

    private static ResourceState Resource(string host, string state) =>
        new(
            Urn,
            Custom: true,
            PropertyMap.Empty.With(
                "source",
                PropertyValue.Of(
                    PropertyMap
                        .Empty.With("host", PropertyValue.Of(host))
                        .With("password", PropertyValue.Of(host).AsSecret())
                )
            ),
            PropertyMap.Empty.With("state", PropertyValue.Of(state))
        );
}

file static class ResourceStateExtensions
{
    public static ResourceState WithTag(this ResourceState resource) =>
        resource with
        {
            Inputs = resource.Inputs.With("tag", PropertyValue.Of("t")),
        };
}
