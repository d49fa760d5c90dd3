namespace QingCloudMySqlStandby.Link;

/// <summary>What a change means: the table of the README. The identity of the resource is the standby cluster: whatever
/// happens on one cluster is an update, because only an update can be interrupted and resumed. Diff never fails
/// and never looks at the cloud, for the engine's refresh calls it too; refusals are Create's and Update's.</summary>
internal static class Diff
{
    private const string Host = "source.host";
    private const string Password = "source.password";

    private static readonly string[] Paths =
    [
        Names.ClusterId,
        Names.Zone,
        Names.Role,
        "source.clusterId",
        "source.zone",
        Host,
        "source.port",
        "source.user",
        Password,
        Names.SyncWay,
        Names.Promoted,
        Names.FenceSource,
        Names.OnDelete,
        Names.RelinkAfter,
    ];

    public static DiffResult Run(DiffRequest request)
    {
        var (olds, news) = (request.OldInputs, request.NewInputs);
        var changes = Paths
            .Where(path => At(olds, path) != At(news, path) && !IsTheSame(request, path))
            .ToDictionary(
                path => path,
                path =>
                    PropertyChange.Between(
                        At(olds, path),
                        At(news, path),
                        replace: path is Names.ClusterId or Names.Zone
                    ),
                StringComparer.Ordinal
            );
        if (!IsAsDeclared(request))
            changes[Names.State] = new PropertyChange(ChangeKind.Update, IsInputDiff: false);

        return changes.Count == 0 ? DiffResult.None : new DiffResult(changes);
    }

    /// <summary>Whether a change of an input changes nothing about the link.</summary>
    private static bool IsTheSame(DiffRequest request, string path) =>
        path switch
        {
            // An imported link's password could not be read: the program's is not another one.
            Password => IsUnreadable(request.OldInputs),

            // A link that made a full copy replicates incrementally already, and how an imported link was started is no
            // declaration.
            Names.SyncWay => At(request.NewInputs, path) is PropertyValue.TextValue { Value: Names.Increment }
                || (IsUnreadable(request.OldInputs) && !IsUnreadable(request.NewInputs)),

            // Two spellings of one host.
            Host => At(request.OldInputs, path) is PropertyValue.TextValue old
                && At(request.NewInputs, path) is PropertyValue.TextValue now
                && HostName.AreSame(old.Value, now.Value),

            // Version 0.1.0 had no such input; it is true by default.
            Names.FenceSource => At(request.OldInputs, path) is PropertyValue.NullValue
                && At(request.NewInputs, path) is PropertyValue.BoolValue { Value: true },
            _ => false,
        };

    private static bool IsUnreadable(PropertyMap inputs) =>
        At(inputs, Password) is PropertyValue.TextValue { Value: StandbyInputs.UnreadablePassword };

    /// <summary>Whether the link is as declared; it may not be though no input has changed.</summary>
    private static bool IsAsDeclared(DiffRequest request) =>
        StandbyState.StateOf(request.OldState) switch
        {
            LinkState.Starting or LinkState.Promoting => false,
            LinkState.Replicating => !StandbyInputs.Flag(request.NewInputs, Names.Promoted),
            LinkState.Promoted or LinkState.Stopped => StandbyInputs.Flag(request.NewInputs, Names.Promoted),

            // A start whose outcome is unknown is still to be made; a link that once ran is left as it is, and so is an
            // end that the program has accepted.
            LinkState.Unknown => request.OldState.ContainsKey(Names.Anchor)
                || (
                    StandbyInputs.Flag(request.OldInputs, Names.Promoted)
                    && StandbyInputs.Flag(request.NewInputs, Names.Promoted)
                ),
            _ => true,
        };

    /// <summary>The bare value at a path of one or two names; unknown where the object that holds it is.</summary>
    private static PropertyValue At(PropertyMap map, string path)
    {
        var names = path.Split('.');
        var value = map[names[0]].Bare;
        return names.Length == 1 || value is PropertyValue.UnknownValue
            ? value
            : StandbyInputs.Map(value)[names[1]].Bare;
    }
}
