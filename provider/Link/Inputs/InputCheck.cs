using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>Validates a StandbyReplication's inputs and fills in their defaults. It keeps the user's representation:
/// what was a secret or unknown stays one. It needs no network, no credentials and no clock.</summary>
internal static partial class InputCheck
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
        Names.FenceSource,
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

    /// <summary>What a program may leave out; YAML, which has no null by habit, leaves an empty string
    /// instead.</summary>
    private static readonly string[] Optional =
    [
        Names.Zone,
        Names.Role,
        Names.Promoted,
        Names.FenceSource,
        Names.OnDelete,
        Names.RelinkAfter,
    ];

    /// <summary>Checks a program's inputs.</summary>
    /// <param name="news">The inputs.</param>
    /// <param name="defaultZone">The zone where they name none.</param>
    public static CheckResult Run(PropertyMap news, string? defaultZone)
    {
        var inputs = WithDefaults(news, defaultZone);
        return new CheckResult(inputs, Validate(inputs));
    }

    /// <summary>Whether the inputs leave the zone to the provider.</summary>
    public static bool NeedsZone(PropertyMap news) =>
        news[Names.Zone].Bare is PropertyValue.NullValue or PropertyValue.TextValue { Value: "" };

    /// <summary>The zone of a resource's last update, where its cluster is still the same one or not known yet; null
    /// where there is none.</summary>
    public static string? ZoneOfLastUpdate(PropertyMap olds, PropertyMap news)
    {
        var cluster = news[Names.ClusterId].Bare;
        var isSame = cluster is PropertyValue.UnknownValue || cluster == olds[Names.ClusterId].Bare;
        return isSame ? StandbyInputs.KnownText(olds, Names.Zone) : null;
    }

    /// <summary>What is wrong with inputs that Check has completed before. A policy may have changed them since; what
    /// is unknown passes.</summary>
    public static IReadOnlyList<CheckFailure> Validate(PropertyMap inputs)
    {
        var failures = new List<CheckFailure>();
        var check = new PropertyCheck(Secrets.Mark(inputs), "", failures);

        check.OnlyKnown(TopLevel);
        check.Text(Names.ClusterId, "the standby cluster's id, such as cl-ouhutv70", Pattern.Cluster());
        check.Text(Names.Zone, "the standby cluster's zone, such as sh1a (or set the provider's zone)", Pattern.Zone());
        check.Text(Names.Role, "the node role, maininstance for MySQL Plus", Pattern.Role());
        check.OneOf(Names.SyncWay, Names.Full, Names.Increment);
        check.Flag(Names.Promoted);
        check.Flag(Names.FenceSource);
        check.OneOf(Names.OnDelete, Names.Stop, Names.Promote);
        check.OptionalText(
            Names.RelinkAfter,
            "the id of the job to start over, such as j-pfiu9d1waxq, or an instant such as 2026-11-30T14:00:00Z",
            IsJobOrInstant
        );
        if (check.Object(Names.Source, "the source: clusterId, zone, host, user and password") is { } source)
            CheckSource(source, StandbyInputs.KnownText(inputs, Names.ClusterId));

        return failures;
    }

    /// <summary>What a user should look at although it may work, each a sentence that names its property.</summary>
    public static IEnumerable<string> Warnings(PropertyMap inputs)
    {
        var source = StandbyInputs.Map(inputs[Names.Source]);
        var password = StandbyInputs.KnownText(source, Names.Password);
        if (password is null or StandbyInputs.UnreadablePassword)
            yield break;

        if (Credential.Oddity(password) is { } oddity)
            yield return $"source.password {oddity}: check that this is meant.";
        if (password.Length > 1 && PasswordMask.MayBe(password))
            yield return "source.password looks like a mask, a hash or a placeholder: check that it is the password itself.";
    }

    private static void CheckSource(PropertyCheck source, string? standby)
    {
        source.OnlyKnown(OfSource);
        source.Text(Names.ClusterId, "the source cluster's id, such as cl-9np7ig3g", Pattern.Cluster());
        source.Text(Names.Zone, "the source cluster's zone, such as pek3a", Pattern.Zone());
        const string host = "the source's high-availability address, such as 192.168.0.232";
        source.Text(
            Names.Host,
            host,
            text => HostName.Problem(text) is { } problem ? $"must be {host} ({problem})" : null
        );
        source.Integer(Names.Port, 1, LastPort);
        source.Text(
            Names.User,
            "the name of a MySQL user with SUPER or replication privileges",
            Credential.UserProblem
        );
        source.Text(
            Names.Password,
            "the password of source.user",
            text => text == StandbyInputs.UnreadablePassword ? null : Credential.PasswordProblem(text)
        );
        if (standby is not null && standby == StandbyInputs.KnownText(source.Properties, Names.ClusterId))
        {
            source.Fail(
                Names.ClusterId,
                "is the standby cluster itself (clusterId); name the cluster that it is to replicate from."
            );
        }
    }

    private static bool IsJobOrInstant(string text) =>
        Pattern.Job().IsMatch(text)
        || (
            Instant().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        );

    private static PropertyMap WithDefaults(PropertyMap news, string? defaultZone)
    {
        var inputs = Default(WithoutEmpty(news, Optional), Names.Role, PropertyValue.Of(Names.DefaultRole));
        inputs = Default(inputs, Names.Promoted, PropertyValue.Of(false));
        inputs = Default(inputs, Names.FenceSource, PropertyValue.Of(true));
        inputs = Default(inputs, Names.OnDelete, PropertyValue.Of(Names.Stop));
        if (defaultZone is not null)
            inputs = Default(inputs, Names.Zone, PropertyValue.Of(defaultZone));

        return Secrets.Mark(
            inputs.ContainsKey(Names.Source)
                ? inputs.With(Names.Source, Rewrap.Map(inputs[Names.Source], SourceWithDefaults))
                : inputs
        );
    }

    private static PropertyMap SourceWithDefaults(PropertyMap source) =>
        Default(WithoutEmpty(source, [Names.Port]), Names.Port, PropertyValue.Of(Names.DefaultPort));

    private static PropertyMap WithoutEmpty(PropertyMap map, string[] optional) =>
        optional
            .Where(name => map[name].Bare is PropertyValue.TextValue { Value: "" })
            .Aggregate(map, (rest, name) => rest.Without(name));

    private static PropertyMap Default(PropertyMap map, string name, PropertyValue value) =>
        map[name].Bare is PropertyValue.NullValue ? map.With(name, value) : map;

    /// <summary>RFC 3339, with the upper-case letters that its examples have.</summary>
    [GeneratedRegex(
        @"\A\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,7})?(Z|[+-]\d{2}:\d{2})\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Instant();
}
