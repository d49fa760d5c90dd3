namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>Validates a StandbyReplication's inputs and fills in their defaults. It keeps the user's representation:
/// what was a secret or unknown stays one. It needs no network and no credentials.</summary>
internal static class InputCheck
{
    private const int LastPort = 65535;

    private static readonly string[] TopLevel =
    [
        Names.ClusterId,
        Names.Zone,
        Names.Role,
        Names.SyncWay,
        Names.Source,
        Names.Promoted,
        Names.OnDelete,
        Names.RelinkAfter,
    ];

    private static readonly string[] OfSource =
    [
        Names.ClusterId,
        Names.Zone,
        Names.Host,
        Names.Port,
        Names.User,
        Names.Password,
    ];

    public static CheckResult Run(PropertyMap news, string? defaultZone)
    {
        var inputs = WithDefaults(news, defaultZone);
        var failures = new List<CheckFailure>();
        var check = new PropertyCheck(inputs, "", failures);

        check.OnlyKnown(TopLevel);
        check.Text(Names.ClusterId, "the standby cluster's id, such as cl-ouhutv70", Pattern.Cluster());
        check.Text(Names.Zone, "the standby cluster's zone, such as sh1a (or set the provider's zone)", Pattern.Zone());
        check.Text(Names.Role, "the node role, maininstance for MySQL Plus");
        check.OneOf(Names.SyncWay, Names.Full, Names.Increment);
        check.Flag(Names.Promoted);
        check.OneOf(Names.OnDelete, Names.Stop, Names.Promote);
        check.OptionalText(
            Names.RelinkAfter,
            "the id of the stop or promotion job to start over, such as " + "j-pfiu9d1waxq",
            Pattern.Job()
        );
        if (check.Object(Names.Source, "the source: clusterId, zone, host, user and password") is { } source)
            CheckSource(source, StandbyInputs.KnownText(inputs, Names.ClusterId));

        return new CheckResult(inputs, failures);
    }

    private static void CheckSource(PropertyCheck source, string? standby)
    {
        source.OnlyKnown(OfSource);
        source.Text(Names.ClusterId, "the source cluster's id, such as cl-9np7ig3g", Pattern.Cluster());
        source.Text(Names.Zone, "the source cluster's zone, such as pek3a", Pattern.Zone());
        source.Host(Names.Host, "the source's high-availability address, such as 192.168.0.232");
        source.Integer(Names.Port, 1, LastPort);
        source.Text(Names.User, "the name of a MySQL user with SUPER or replication privileges");
        source.Text(Names.Password, "the password of source.user");
        if (standby is not null && standby == StandbyInputs.KnownText(source.Properties, Names.ClusterId))
        {
            source.Fail(
                Names.ClusterId,
                "is the standby cluster itself (clusterId); name the cluster that it is to replicate from."
            );
        }
    }

    private static PropertyMap WithDefaults(PropertyMap news, string? defaultZone)
    {
        var inputs = Default(news, Names.Role, PropertyValue.Of(Names.DefaultRole));
        inputs = Default(inputs, Names.Promoted, PropertyValue.Of(false));
        inputs = Default(inputs, Names.OnDelete, PropertyValue.Of(Names.Stop));
        if (defaultZone is not null)
            inputs = Default(inputs, Names.Zone, PropertyValue.Of(defaultZone));

        return inputs.ContainsKey(Names.Source)
            ? inputs.With(Names.Source, Rewrap.Map(inputs[Names.Source], SourceWithDefaults))
            : inputs;
    }

    /// <summary>A password that came in clear is marked as the secret that it is, so that no state file shows
    /// it.</summary>
    private static PropertyMap SourceWithDefaults(PropertyMap source)
    {
        source = Default(source, Names.Port, PropertyValue.Of(Names.DefaultPort));
        var password = source[Names.Password];
        return password.IsSecret || password is PropertyValue.NullValue
            ? source
            : source.With(Names.Password, password.AsSecret());
    }

    private static PropertyMap Default(PropertyMap map, string name, PropertyValue value) =>
        map[name].Bare is PropertyValue.NullValue ? map.With(name, value) : map;
}
