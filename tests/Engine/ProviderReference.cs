namespace QingCloudMySqlStandby.Engine;

/// <summary>A resource's reference to its provider, <c>URN::ID</c>.</summary>
internal readonly record struct ProviderReference(Urn Urn, string Id)
{
    /// <summary>Stands for the id of a provider that a preview would create.</summary>
    public const string UnknownId = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

    public static ProviderReference Parse(string text)
    {
        var at = text.LastIndexOf("::", StringComparison.Ordinal);
        return at < 0
            ? throw new EngineException($"'{text}' is no reference to a provider.")
            : new ProviderReference(new Urn(text[..at]), text[(at + 2)..]);
    }

    public override string ToString() => $"{Urn}::{Id}";
}
