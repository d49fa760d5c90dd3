namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>The secret among a resource's properties: <c>source.password</c>. Whatever passes here is known to the <see
/// cref="QingCloud.Sanitizing.Sanitizer"/> from then on.</summary>
internal static class Secrets
{
    /// <summary>These inputs or outputs with the password marked as the secret that it is, however it came in: a policy
    /// or an old engine hands over a plain one, and the state file would show it.</summary>
    public static PropertyMap Mark(PropertyMap properties) =>
        properties.ContainsKey(Names.Source)
            ? properties.With(Names.Source, Rewrap.Map(properties[Names.Source], MarkPassword))
            : properties;

    private static PropertyMap MarkPassword(PropertyMap source)
    {
        var password = source[Names.Password];
        if (password.Bare is PropertyValue.TextValue text)
            _ = new SecretText(text.Value);

        return password.IsSecret || password is PropertyValue.NullValue
            ? source
            : source.With(Names.Password, password.AsSecret());
    }
}
