namespace QingCloudMySqlStandby.Engine;

/// <summary>A resource's unique name: <c>urn:pulumi:STACK::PROJECT::TYPE::NAME</c>.</summary>
internal readonly record struct Urn(string Value)
{
    /// <summary>The resource's type token, without its parents' types.</summary>
    public string Type => Value.Split("::", 4)[2].Split('$')[^1];

    /// <summary>The resource's name in the program.</summary>
    public string Name => Value.Split("::", 4)[3];

    /// <inheritdoc/>
    public override string ToString() => Value;

    internal static Urn Of(string stack, string project, Urn? parent, string type, string name)
    {
        var parentType = parent is { } urn && urn.Type != StackType ? urn.Value.Split("::", 4)[2] + "$" : "";
        return new Urn($"urn:pulumi:{stack}::{project}::{parentType}{type}::{name}");
    }

    internal const string StackType = "pulumi:pulumi:Stack";
    internal const string ProviderTypePrefix = "pulumi:providers:";

    /// <summary>The package that manages a type: the first part of its token, or what a provider's type
    /// names.</summary>
    internal static string PackageOf(string type) =>
        IsProviderType(type) ? type[ProviderTypePrefix.Length..] : type.Split(':', 2)[0];

    internal static bool IsProviderType(string type) => type.StartsWith(ProviderTypePrefix, StringComparison.Ordinal);
}
