namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>A StandbyReplication's inputs, all of them known.</summary>
internal sealed record StandbyInputs(
    string ClusterId,
    string Zone,
    string Role,
    LinkParameters Link,
    bool Promoted,
    bool FenceSource,
    string OnDelete,
    Consent Consent
)
{
    /// <summary>Stands for the password of an imported link, which QingCloud does not reveal. It never reaches
    /// QingCloud, and a program that has the real one instead is no change.</summary>
    public const string UnreadablePassword = SecretText.Unreadable;

    public StandbyId Id => new(Zone, ClusterId);
    public bool HasPassword => Link.Password.Reveal() != UnreadablePassword;

    /// <summary>Reads checked inputs; null while any of them is unknown. <see cref="InputCheck"/> has passed them, so that
    /// anything else was changed since: by a policy, or by an edit of the state file.</summary>
    public static StandbyInputs? Read(PropertyMap inputs)
    {
        if (inputs.Values.Any(value => value.HasUnknowns))
            return null;

        var source = Map(inputs[Names.Source]);
        return new StandbyInputs(
            Text(inputs, Names.ClusterId),
            Text(inputs, Names.Zone),
            Text(inputs, Names.Role),
            new LinkParameters(
                Text(inputs, Names.SyncWay),
                Text(source, Names.Zone),
                Text(source, Names.ClusterId),
                Text(source, Names.Host),
                Port(source),
                Text(source, Names.User),
                new SecretText(Text(source, Names.Password))
            ),
            Flag(inputs, Names.Promoted),
            IsFencing(inputs),
            Text(inputs, Names.OnDelete),
            ConsentOf(inputs)
        );
    }

    /// <summary>These inputs with <c>promoted</c> and <c>relinkAfter</c> of others that are not all known yet; what is
    /// unknown counts as given.</summary>
    public StandbyInputs WithIntentOf(PropertyMap inputs) =>
        this with
        {
            Promoted = Flag(inputs, Names.Promoted) || inputs[Names.Promoted].Bare is PropertyValue.UnknownValue,
            FenceSource = IsFencing(inputs),
            Consent = ConsentOf(inputs),
        };

    /// <summary>What <c>relinkAfter</c> permits; in a preview it may not be known yet.</summary>
    public static Consent ConsentOf(PropertyMap inputs) =>
        inputs[Names.RelinkAfter].Bare is PropertyValue.UnknownValue
            ? Consent.NotKnownYet
            : Consent.Read(KnownText(inputs, Names.RelinkAfter));

    /// <summary>A property's object, empty where it has none.</summary>
    public static PropertyMap Map(PropertyValue value) =>
        value.Bare is PropertyValue.MapValue map ? map.Map : PropertyMap.Empty;

    /// <summary>A property's string where it is a known one.</summary>
    public static string? KnownText(PropertyMap map, string name) =>
        map[name].Bare is PropertyValue.TextValue text ? text.Value : null;

    /// <summary>Whether a boolean is known to be true.</summary>
    public static bool Flag(PropertyMap map, string name) => map[name].Bare is PropertyValue.BoolValue { Value: true };

    /// <summary>States of earlier versions have no <c>fenceSource</c>: it is true by default.</summary>
    private static bool IsFencing(PropertyMap inputs) =>
        inputs[Names.FenceSource].Bare is not PropertyValue.BoolValue { Value: false };

    private static string Text(PropertyMap map, string name) => KnownText(map, name) ?? throw Broken(name);

    private static int Port(PropertyMap source) =>
        source[Names.Port].Bare is PropertyValue.NumberValue port ? (int)port.Value : throw Broken(Names.Port);

    private static PluginException Broken(string name) =>
        new(
            PluginErrorCode.InvalidArgument,
            $"The input \"{name}\" is missing or of the wrong kind, although it was right when it was checked: something has "
                + "changed it since. If a policy rewrites inputs, correct it there. If the state has it so, correct it "
                + "there, or remove the resource from the state (pulumi state delete) and import it again."
        );
}
