using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine.Tests;

public sealed class StateTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("engine-tests-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_state_comes_back_as_it_was_saved()
    {
        var resource = new ResourceState(
            new Urn("urn:pulumi:dev::p::t:index:T::a"),
            Custom: true,
            PropertyMap.Empty.With(
                "nested",
                PropertyValue.Of(PropertyMap.Empty.With("key", PropertyValue.Of("s").AsSecret()))
            ),
            PropertyMap
                .Empty.With(
                    "list",
                    new PropertyValue.ListValue([PropertyValue.Of(1.5), PropertyValue.Null, PropertyValue.Of(true)])
                )
                .With("reference", new PropertyValue.ReferenceValue("urn", PropertyValue.Of("id"), "1.0"))
        )
        {
            Id = "sh1a/cl-1",
            Parent = new Urn("urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev"),
            Provider = "urn:pulumi:dev::p::pulumi:providers:t::default::id",
            Timeouts = new CustomTimeouts(1, 2, 3, 4),
            Protect = true,
            ImportId = "cl-1",
            RefreshBeforeUpdate = true,
            PendingReplacement = true,
            InitErrors = ["why"],
        };
        var state = new StackState(
            [resource],
            [new PendingOperation(resource.Urn, "creating")],
            PropertyMap.Empty.With("o", PropertyValue.Of(1))
        );
        var path = Path.Combine(_directory.FullName, "deep", "state.json");
        StateFile.Open(path, "p").Save(state);

        var again = StateFile.Open(path, "p");

        var read = Assert.Single(again.State.Resources);
        Assert.Equal(resource.Inputs, read.Inputs);
        Assert.Equal(resource.Outputs, read.Outputs);
        Assert.Equal(["why"], read.InitErrors);
        Assert.Equal(
            resource with
            {
                InitErrors = [],
                Dependencies = read.Dependencies,
            },
            read with
            {
                InitErrors = [],
                Inputs = resource.Inputs,
                Outputs = resource.Outputs,
                PropertyDependencies = resource.PropertyDependencies,
                IgnoreChanges = resource.IgnoreChanges,
                AdditionalSecretOutputs = resource.AdditionalSecretOutputs,
            }
        );
        Assert.Equal(state.PendingOperations, again.State.PendingOperations);
        Assert.Equal(state.Outputs, again.State.Outputs);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void The_same_secret_is_never_encrypted_twice_alike()
    {
        var box = SecretBox.Create("p");

        Assert.NotEqual(box.Encrypt("s"), box.Encrypt("s"));
        Assert.Equal("s", box.Decrypt(box.Encrypt("s")));
    }
}
