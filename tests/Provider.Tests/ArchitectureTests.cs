using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;

namespace QingCloudMySqlStandby;

/// <summary>Which parts of the provider know which; <c>make lint</c> runs these too.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "QingCloudMySqlStandby";

    private static readonly Architecture Provider = new ArchLoader().LoadAssemblies(typeof(IProvider).Assembly).Build();

    [Theory]
    [InlineData("Plugin", "QingCloud")]
    [InlineData("Plugin", "Link")]
    [InlineData("QingCloud", "Plugin")]
    [InlineData("QingCloud", "Link")]
    [InlineData("Link", "Doctor")]
    public void A_layer_does_not_know_another(string layer, string other) =>
        AssertHolds(
            ArchRuleDefinition
                .Types()
                .That()
                .ResideInNamespaceMatching($@"^{Root}\.{layer}(\.|$)")
                .Should()
                .NotDependOnAnyTypesThat()
                .ResideInNamespaceMatching($@"^{Root}\.{other}(\.|$)")
        );

    [Theory]
    [InlineData("Plugin")]
    [InlineData("QingCloud")]
    [InlineData("Link")]
    public void Folders_form_no_cycle(string layer) =>
        AssertHolds(
            ArchUnitNET
                .Fluent.Slices.SliceRuleDefinition.Slices()
                .Matching($"{Root}.{layer}.(*)..")
                .Should()
                .BeFreeOfCycles()
        );

    private static void AssertHolds(IArchRule rule) =>
        Assert.Empty(rule.Evaluate(Provider).Where(result => !result.Passed).Select(result => result.Description));
}
