using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Standby.Inputs;

/// <summary>A StandbyReplication's inputs, all of them known.</summary>
internal sealed record StandbyInputs(
    string ClusterId,
    string Zone,
    string Role,
    LinkParameters Link,
    bool Promoted,
    string OnDelete,
    bool AllowRelink)
{
    /// <summary>
    /// Stands for the password of an imported link, which QingCloud does not tell. It never reaches QingCloud, and a program
    /// that has the real one instead is no change.
    /// </summary>
    public const string UnreadablePassword = "(imported: set source.password in the program)";

    public StandbyId Id => new(Zone, ClusterId);

    public bool HasPassword => Link.Password.Reveal() != UnreadablePassword;

    /// <summary>
    /// Reads checked inputs; null while any of them is unknown. The engine only hands over inputs that
    /// <see cref="InputCheck"/> has passed, so that anything else is a state file that was edited.
    /// </summary>
    public static StandbyInputs? Read(PropertyMap inputs)
    {
        if (inputs.Values.Any(value => value.HasUnknowns))
        {
            return null;
        }

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
                new SecretText(Text(source, Names.Password))),
            Flag(inputs, Names.Promoted),
            Text(inputs, Names.OnDelete),
            Flag(inputs, Names.AllowRelink));
    }

    /// <summary>These inputs with the flags of others that are not all known yet; an unknown flag counts as set.</summary>
    public StandbyInputs WithFlags(PropertyMap inputs) =>
        this with { Promoted = FlagOrUnknown(inputs, Names.Promoted), AllowRelink = FlagOrUnknown(inputs, Names.AllowRelink) };

    /// <summary>A property's object, empty where it has none.</summary>
    public static PropertyMap Map(PropertyValue value) => value.Bare is PropertyValue.MapValue map ? map.Map : PropertyMap.Empty;

    /// <summary>A property's text where it is a known one.</summary>
    public static string? KnownText(PropertyMap map, string name) =>
        map[name].Bare is PropertyValue.TextValue text ? text.Value : null;

    /// <summary>Whether a flag is known to be set.</summary>
    public static bool Flag(PropertyMap map, string name) => map[name].Bare is PropertyValue.BoolValue { Value: true };

    private static bool FlagOrUnknown(PropertyMap map, string name) =>
        Flag(map, name) || map[name].Bare is PropertyValue.UnknownValue;

    private static string Text(PropertyMap map, string name) => KnownText(map, name) ?? throw Broken(name);

    private static int Port(PropertyMap source) =>
        source[Names.Port].Bare is PropertyValue.NumberValue port ? (int)port.Value : throw Broken(Names.Port);

    private static PluginException Broken(string name) => new(
        PluginErrorCode.InvalidArgument,
        $"The stored inputs have no usable \"{name}\". If the state file was edited by hand, mend it there, or remove the resource "
        + "from the state (pulumi state delete) and import it again.");
}
