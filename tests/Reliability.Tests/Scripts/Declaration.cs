using System.Collections.Immutable;
using System.Globalization;
using QingCloudMySqlStandby.Engine.Program;

namespace QingCloudMySqlStandby.Reliability.Tests.Scripts;

/// <summary>A resource as a script's program declares it. Standbys are A and B, sources S and T.</summary>
internal sealed record Declaration
{
    /// <summary>In every password of every history, and nowhere else.</summary>
    public const string PasswordMark = "q7!Zk";

    /// <summary>Stands for the job that ran last on the cluster when the program is edited.</summary>
    public const string LastJob = "last";

    public string Cluster { get; init; } = "A";
    public string Source { get; init; } = "S";
    public string Way { get; init; } = "full";
    public int Host { get; init; } = 1;
    public int User { get; init; } = 1;
    public int Password { get; init; } = 1;
    public bool Promoted { get; init; }
    public string OnDelete { get; init; } = "stop";

    /// <summary>The job that may be started over; <see cref="LastJob"/> until the history knows which that
    /// is.</summary>
    public string? Relink { get; init; }

    /// <summary>The resource's options; see <see cref="Modes"/>.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public static string ClusterId(string name) =>
        name switch
        {
            "A" => TestEnvironment.Standby,
            "B" => TestEnvironment.OtherStandby,
            "S" => TestEnvironment.Source,
            "T" => TestEnvironment.OtherSource,
            _ => throw new FormatException($"'{name}' is none of the clusters A, B, S and T"),
        };

    public static string HostOf(int number) => string.Create(CultureInfo.InvariantCulture, $"192.168.0.{number}");

    public static string UserOf(int number) => string.Create(CultureInfo.InvariantCulture, $"migrate_user_{number}");

    public static string PasswordOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"Pw{number}-{PasswordMark}");

    public Declaration With(string setting, string value) =>
        setting switch
        {
            "cluster" => this with { Cluster = value },
            "source" => this with { Source = value },
            "way" => this with { Way = value },
            "host" => this with { Host = Number(value) },
            "user" => this with { User = Number(value) },
            "password" => this with { Password = Number(value) },
            "promoted" => this with { Promoted = bool.Parse(value) },
            "onDelete" => this with { OnDelete = value },
            "relink" => this with
            {
                Relink =
                    value == "true" ? LastJob
                    : value == "false" ? null
                    : value,
            },
            _ when Modes.Names.Contains(setting) => WithOption(setting, value),
            _ => throw new FormatException($"'{setting}' is neither an input nor an option"),
        };

    public Declaration WithOption(string name, string value) => this with { Options = Options.SetItem(name, value) };

    /// <summary>The program of these declarations, in the order of their names, after the provider instances that they
    /// name.</summary>
    public static IReadOnlyList<DeclaredResource> ProgramOf(ImmutableSortedDictionary<string, Declaration> declared)
    {
        var names = declared.Keys.ToHashSet(StringComparer.Ordinal);
        var links = declared
            .Select(resource =>
                ProgramStack.Link(resource.Key, resource.Value.ToInputs()) with
                {
                    Options = Modes.Of(resource.Key, resource.Value.Options, names),
                }
            )
            .ToList();
        var providers = links.Select(link => link.Options.Provider).OfType<string>().Distinct(StringComparer.Ordinal);
        return [.. providers.Select(ProgramStack.Provider), .. links];
    }

    /// <summary>What the program says, before Check.</summary>
    public PropertyMap ToInputs() => Relink is null ? Inputs : Inputs.With("relinkAfter", PropertyValue.Of(Relink));

    private PropertyMap Inputs =>
        PropertyMap
            .Empty.With("clusterId", PropertyValue.Of(ClusterId(Cluster)))
            .With("syncWay", PropertyValue.Of(Way))
            .With("promoted", PropertyValue.Of(Promoted))
            .With("onDelete", PropertyValue.Of(OnDelete))
            .With(
                "source",
                PropertyValue.Of(
                    PropertyMap
                        .Empty.With("clusterId", PropertyValue.Of(ClusterId(Source)))
                        .With("zone", PropertyValue.Of(TestEnvironment.SourceZone))
                        .With("host", PropertyValue.Of(HostOf(Host)))
                        .With("user", PropertyValue.Of(UserOf(User)))
                        .With("password", PropertyValue.Of(PasswordOf(Password)).AsSecret())
                )
            );

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
