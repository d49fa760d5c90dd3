using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.EndToEnd.Tests.CallOrder;

/// <summary>What the driver and Pulumi's engine must do alike.</summary>
internal static class Scenarios
{
    /// <summary>Those with resources that do not depend on each other.</summary>
    public static IReadOnlySet<string> Parallel { get; } =
        new HashSet<string>
        {
            "secrets, references, functions, unknown outputs",
            "failures with --continue-on-error",
            "targets",
            "imports",
            "what is only read",
            "provider instances",
            "refresh that runs the program",
        };

    public static IReadOnlyDictionary<string, Func<IPlayer, Task>> All { get; } =
        new Dictionary<string, Func<IPlayer, Task>>
        {
            ["create, change, refresh, replace, delete"] = async play =>
            {
                play.Program = StackProgram.Of(
                    Thing("a", size: 1, options: new() { Timeouts = new(Create: TimeSpan.FromSeconds(90)) })
                );
                await play.RunAsync("up", new() { PreviewFirst = true });
                await play.RunAsync("up");
                play.Program = StackProgram.Of(Thing("a", size: 2));
                await play.RunAsync("preview");
                await play.RunAsync("up");
                play.Things.Existing["a-1"] = play.Things.Existing["a-1"].With("size", 7);
                await play.RunAsync("refresh");
                await play.RunAsync("up", new() { Refresh = true });
                play.Program = StackProgram.Of(Thing("a", size: 2, name: "x"));
                await play.RunAsync("up", new() { PreviewFirst = true });
                play.Program = StackProgram.Of(Thing("a", size: 2, name: "x", place: "y"));
                await play.RunAsync("up", new() { PreviewFirst = true });
                play.Things.Existing.Clear();
                await play.RunAsync("refresh");
                await play.RunAsync("up");
                play.Program = StackProgram.Empty;
                await play.RunAsync("up", new() { PreviewFirst = true });
            },
            ["secrets, references, functions, unknown outputs"] = async play =>
            {
                var a = Thing("a", size: 1, token: "s3cret");
                var b = Thing("b", from: "${a.state} ${a.token}");
                play.Program = new StackProgram([a, b])
                {
                    Functions = [new("found", "things:index:find", PropertyMap.Empty.With("name", "${a.name}"))],
                    Outputs = PropertyMap.Empty.With("state", "${a.state}"),
                };
                await play.RunAsync("preview");
                await play.RunAsync("up");
                play.Program = play.Program with { Resources = [Thing("a", size: 1, name: "n", token: "s3cret"), b] };
                await play.RunAsync("up", new() { PreviewFirst = true });
                await play.RunAsync("destroy");
            },
            ["the old one first, with what depends on it"] = async play =>
            {
                var b = Thing("b", name: "${a.name}");
                var c = Thing("c", options: new() { DependsOn = ["b"] });
                play.Program = StackProgram.Of(Thing("a", name: "x", place: "y"), b, c);
                await play.RunAsync("up");
                play.Program = StackProgram.Of(Thing("a", name: "x", place: "z"), b, c);
                await play.RunAsync("up", new() { PreviewFirst = true });
                await play.RunAsync("destroy");
            },
            ["replacements that are asked for"] = async play =>
            {
                var b = Thing("b", options: new() { ReplaceWith = ["a"] });
                play.Program = StackProgram.Of(Thing("a", size: 1), b);
                await play.RunAsync("up");
                await play.RunAsync("up", new() { Replace = ["a"] });
                await play.RunAsync("state taint b");
                await play.RunAsync("up", new() { PreviewFirst = true });
                play.Program = StackProgram.Of(Thing("a", size: 1, options: Triggered("one")), b);
                await play.RunAsync("up");
                play.Program = StackProgram.Of(Thing("a", size: 1, options: Triggered("two")), b);
                await play.RunAsync("up");
                play.Program = StackProgram.Of(
                    Thing("a", size: 2, options: Triggered("two") with { ReplaceOnChanges = ["size"] }),
                    b
                );
                await play.RunAsync("up");
                play.Program = StackProgram.Of(
                    Thing("a", size: 2, options: Triggered("three") with { DeleteBeforeReplace = true }),
                    b
                );
                await play.RunAsync("up");
            },
            ["names, aliases and the state"] = async play =>
            {
                play.Program = StackProgram.Of(Thing("a", size: 1), Thing("z", options: new() { DependsOn = ["a"] }));
                await play.RunAsync("up");
                play.Program = StackProgram.Of(
                    Thing("b", size: 1, options: new() { Aliases = ["a"] }),
                    Thing("z", options: new() { DependsOn = ["b"] })
                );
                await play.RunAsync("up");
                await play.RunAsync("state rename b c");
                play.Program = StackProgram.Of(Thing("c", size: 1), Thing("z", options: new() { DependsOn = ["c"] }));
                await play.RunAsync("up");
                play.Program = StackProgram.Of(Thing("d", size: 1), Thing("z", options: new() { DependsOn = ["d"] }));
                await play.RunAsync("up");
                await play.RunAsync("state delete z");
                await play.RunAsync("up");
            },
            ["protect, retain, ignore"] = async play =>
            {
                play.Program = StackProgram.Of(
                    Thing("a", size: 1, options: new() { Protect = true, IgnoreChanges = ["size"] })
                );
                await play.RunAsync("up");
                play.Program = StackProgram.Of(
                    Thing("a", size: 2, options: new() { Protect = true, IgnoreChanges = ["size"] })
                );
                await play.RunAsync("up");
                await play.RunAsync("up", new() { Replace = ["a"] });
                await play.RunAsync("destroy");
                await play.RunAsync("state unprotect a");
                play.Program = StackProgram.Of(Thing("a", size: 2, options: new() { RetainOnDelete = true }));
                await play.RunAsync("up");
                await play.RunAsync("destroy");
            },
            ["what is not ready"] = async play =>
            {
                play.Program = StackProgram.Of(Thing("a", size: 1));
                play.Things.Fault("Create", "a", "partly");
                await play.RunAsync("up");
                await play.RunAsync("preview");
                await play.RunAsync("up");
                play.Program = StackProgram.Of(Thing("a", size: 2));
                play.Things.Fault("Update", "a", "partly");
                await play.RunAsync("up");
                play.Things.Existing["a-1"] = play.Things.Existing["a-1"].With("state", "unready");
                await play.RunAsync("up");
                play.Things.Fault("Delete", "a", "fail");
                await play.RunAsync("destroy");
                await play.RunAsync("destroy");
            },
            ["Ctrl-C"] = async play =>
            {
                play.Program = StackProgram.Of(Thing("a"), Thing("b", options: new() { DependsOn = ["a"] }));
                play.Things.Fault("Create", "a", "disturb");
                await play.RunAsync("up", disturbance: Disturbance.Interrupt);
                await play.RunAsync("up");
            },
            ["a killed engine"] = async play =>
            {
                play.Program = StackProgram.Of(Thing("a"));
                play.Things.Fault("Create", "a", "disturb");
                await play.RunAsync("up", disturbance: Disturbance.Kill);
                await play.RunAsync("cancel");
                await play.RunAsync("up");
                play.Program = StackProgram.Of(Thing("a", name: "x"));
                play.Things.Fault("Delete", "a", "disturb");
                await play.RunAsync("up", disturbance: Disturbance.Kill);
                await play.RunAsync("cancel");
                play.Program = StackProgram.Of(Thing("a", size: 3, name: "x"));
                await play.RunAsync("up");
                await play.RunAsync("destroy");
            },
            ["failures with --continue-on-error"] = async play =>
            {
                play.Program = StackProgram.Of(Thing("a"), Thing("b"));
                await play.RunAsync("up");
                play.Program = StackProgram.Of(
                    Thing("a", size: 1),
                    Thing("b", options: new() { DependsOn = ["a"] }),
                    Thing("c")
                );
                play.Things.Fault("Update", "a", "fail");
                await play.RunAsync("up", new() { ContinueOnError = true });
                play.Things.Fault("Read", "a", "fail");
                await play.RunAsync("refresh");
                play.Program = StackProgram.Of(Thing("a", size: -1));
                await play.RunAsync("up");
            },
            ["targets"] = async play =>
            {
                play.Program = StackProgram.Of(Thing("a"), Thing("b"));
                await play.RunAsync("up");
                play.Program = StackProgram.Of(Thing("a", size: 1), Thing("b", size: 1), Thing("c"));
                await play.RunAsync("up", new() { Targets = ["b"] });
                await play.RunAsync("refresh", new() { Targets = ["b"] });
                await play.RunAsync("destroy", new() { Targets = ["b"] });
            },
            ["imports"] = async play =>
            {
                play.Things.Existing["x"] = PropertyMap.Empty.With("size", 1).With("state", "ready");
                play.Things.Existing["y"] = PropertyMap.Empty.With("size", 1).With("state", "ready");
                play.Things.Existing["z"] = PropertyMap.Empty.With("size", 1).With("state", "ready");
                await play.RunAsync("import a x");
                play.Program = StackProgram.Of(
                    Thing("a", size: 1),
                    Thing("b", size: 1, options: new() { Import = "y" })
                );
                await play.RunAsync("up", new() { PreviewFirst = true });
                play.Program = StackProgram.Of(
                    Thing("a", size: 1, options: new() { Import = "z" }),
                    Thing("b", size: 2, options: new() { Import = "y" })
                );
                await play.RunAsync("up");
            },
            ["what is only read"] = async play =>
            {
                play.Things.Existing["x"] = PropertyMap.Empty.With("size", 1).With("state", "ready");
                play.Program = StackProgram.Of(
                    new Resource("a", Things.Type, PropertyMap.Empty) { Options = new() { Get = "x" } },
                    Thing("b", from: "${a.state}")
                );
                await play.RunAsync("up", new() { PreviewFirst = true });
                await play.RunAsync("refresh");
                play.Things.Existing.Remove("x");
                await play.RunAsync("up");
                await play.RunAsync("destroy");
            },
            ["provider instances"] = async play =>
            {
                play.Program = StackProgram.Of(Instance("p", "1"), Thing("a", options: new() { Provider = "p" }));
                await play.RunAsync("up", new() { PreviewFirst = true });
                await play.RunAsync("refresh");
                play.Program = StackProgram.Of(
                    Instance("p", "1"),
                    Instance("q", "1"),
                    Thing("a", options: new() { Provider = "q" })
                );
                await play.RunAsync("up");
                play.Program = StackProgram.Of(
                    Instance("p", "1"),
                    Instance("q", "2"),
                    Thing("a", options: new() { Provider = "p" })
                );
                await play.RunAsync("up");
                await play.RunAsync("destroy", new() { RunProgram = true });
            },
            ["refresh that runs the program"] = async play =>
            {
                play.Program = StackProgram.Of(Thing("a"), Thing("b"));
                await play.RunAsync("up");
                play.Program = StackProgram.Of(Thing("a", size: 2), Thing("c"));
                await play.RunAsync("refresh", new() { RunProgram = true });
                await play.RunAsync("destroy", new() { RunProgram = true, Refresh = true });
            },
        };

    private static ResourceOptions Triggered(string trigger) =>
        new() { ReplacementTrigger = PropertyValue.Of(trigger) };

    private static Resource Instance(string name, string region) =>
        new(name, Resource.ProviderPrefix + Things.Package, PropertyMap.Empty.With("region", region));

    private static Resource Thing(
        string resource,
        int? size = null,
        string? name = null,
        string? place = null,
        string? from = null,
        string? token = null,
        ResourceOptions? options = null
    )
    {
        var inputs = PropertyMap.Empty.With("size", size).With("name", name).With("place", place).With("from", from);
        return new Resource(
            resource,
            Things.Type,
            token is null ? inputs : inputs.With("token", PropertyValue.Of(token).AsSecret())
        )
        {
            Options = options ?? new ResourceOptions(),
        };
    }
}
