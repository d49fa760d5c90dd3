using System.Collections.Immutable;
using System.Globalization;
using QingCloudMySqlStandby.Driver;

namespace QingCloudMySqlStandby.Histories.Playing;

/// <summary>A resource as a script's program declares it.</summary>
internal sealed record Declared(ImmutableSortedDictionary<string, string> Settings)
{
    private const string ElsewhereId = "cl-elsewher";

    /// <summary>A link that a script says nothing more of.</summary>
    public static Declared Default { get; } =
        new(
            ImmutableSortedDictionary
                .Create<string, string>(StringComparer.Ordinal)
                .Add("cluster", "A")
                .Add("source", "S")
                .Add("way", "full")
                .Add("host", "1")
                .Add("user", "1")
                .Add("password", "1")
        );

    /// <summary>The names of the clusters that can be standbys, in scripts.</summary>
    public static ImmutableArray<string> Clusters { get; } = ["A", "B", "S", "T"];

    /// <summary>The passwords that programs use.</summary>
    public static ImmutableArray<string> Passwords { get; } = [PasswordOf("1"), PasswordOf("2"), PasswordOf("3")];

    public string ClusterId => IdOf(this["cluster"]!);
    public string SourceId => IdOf(this["source"]!);
    public SyncWay SyncWay => this["way"] == "full" ? SyncWay.Full : SyncWay.Increment;
    public bool Promoted => Is("promoted");
    public bool FenceSource => this["fence"] != "false";
    public string OnDelete => this["onDelete"] ?? "stop";
    public string? RelinkAfter => this["relink"];
    public string Connection => $"{this["host"]![0]}/{this["user"]}/{this["password"]}";

    /// <summary>The id by which the program imports the link or reads it; null where it does neither.</summary>
    public string? ImportId =>
        this["import"] is { } spelling ? ImportIdOf(this["cluster"]!, spelling == "short") : null;

    /// <summary>The value of a setting; null where it has none.</summary>
    public string? this[string setting] =>
        Settings.TryGetValue(setting, out var value) && value != "none" ? value : null;

    public bool Is(string setting) => this[setting] == "true";

    public Declared With(string setting, string value) => new(Settings.SetItem(setting, value));

    public static string IdOf(string cluster) =>
        cluster switch
        {
            "A" => Driver.Simulation.World.Standby,
            "B" => Driver.Simulation.World.OtherStandby,
            "S" => Driver.Simulation.World.Source,
            "T" => Driver.Simulation.World.OtherSource,
            "E" => ElsewhereId,
            _ => throw new FormatException($"'{cluster}' is none of the clusters A, B, S, T and E."),
        };

    /// <summary>The name of a cluster in scripts, by its id.</summary>
    public static string NameOf(string? id) => Clusters.FirstOrDefault(name => IdOf(name) == id) ?? "E";

    public static string ZoneOf(string cluster) =>
        cluster switch
        {
            "A" or "B" => Driver.Simulation.World.StandbyZone,
            "E" => "ap2a",
            _ => Driver.Simulation.World.SourceZone,
        };

    public static string ImportIdOf(string cluster, bool isShort) =>
        isShort ? IdOf(cluster) : $"{ZoneOf(cluster)}/{IdOf(cluster)}";

    /// <summary>The resource of the program; options that name what the program does not have are left out, as whoever
    /// edits a program does.</summary>
    public Resource ToResource(string name, IReadOnlyCollection<string> declared)
    {
        TimeSpan? limit = this["limit"] is { } time ? Simulator.Faults.Durations.Parse(time) : null;
        var options = new ResourceOptions
        {
            Provider = this["provider"],
            DeleteBeforeReplace = this["deleteFirst"] is { } first ? bool.Parse(first) : null,
            RetainOnDelete = Is("retain"),
            ReplacementTrigger = this["trigger"] is { } trigger ? PropertyValue.Of(trigger) : PropertyValue.Null,
            ReplaceWith = Others("with"),
            DependsOn = Others("after"),
            Aliases = this["alias"] is { } alias && !declared.Contains(alias) ? [alias] : [],
            Import = Is("get") ? null : ImportId,
            Get = Is("get") ? ImportIdOf(this["cluster"]!, isShort: false) : null,
            Retries = this["retries"] is { } retries ? int.Parse(retries, CultureInfo.InvariantCulture) : 0,
            Timeouts = new CustomTimeouts(limit, limit, limit),
        };
        return Driver.Simulation.World.Link(name, options.Get is null ? ToInputs() : PropertyMap.Empty, options);

        ImmutableList<string> Others(string option) =>
            this[option] is { } other && declared.Contains(other) && string.CompareOrdinal(other, name) < 0
                ? [other]
                : [];
    }

    /// <summary>What the program says, before Check.</summary>
    public PropertyMap ToInputs()
    {
        var source = PropertyMap
            .Empty.With("clusterId", SourceId)
            .With("zone", ZoneOf(this["source"]!))
            .With("host", this["host"]!.EndsWith('U') ? "DB1.shop.internal." : $"db{this["host"]}.shop.internal")
            .With("user", $"migrate_user_{this["user"]}")
            .With("password", PropertyValue.Of(PasswordOf(this["password"]!)).AsSecret());
        return PropertyMap
            .Empty.With("clusterId", ClusterId)
            .With("zone", Settings.GetValueOrDefault("zone") == "none" ? null : ZoneOf(this["cluster"]!))
            .With("syncWay", this["way"]!)
            .With("source", PropertyValue.Of(source))
            .With("promoted", Promoted)
            .With("fenceSource", FenceSource)
            .With("onDelete", OnDelete)
            .With("relinkAfter", RelinkAfter);
    }

    private static string PasswordOf(string number) =>
        number == "placeholder" ? Link.Inputs.StandbyInputs.UnreadablePassword : $"Pw{number}-q7!Zk";
}
