using QingCloudMySqlStandby.Plugin;
using QingCloudMySqlStandby.Standby.Evidence;
using QingCloudMySqlStandby.Standby.Inputs;

namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>
/// What a change means: the table of the README. It never fails and never looks at the cloud, because the engine's refresh calls
/// it too; refusals are Create's and Update's.
/// </summary>
internal static class Diff
{
    public static DiffResult Run(DiffRequest request)
    {
        var comparison = new Comparison(request);

        comparison.Replaces(Names.ClusterId, oldLinkFirst: false);
        comparison.Replaces(Names.Zone, oldLinkFirst: false);
        comparison.Replaces(Names.Role, oldLinkFirst: true);
        comparison.Replaces("source.clusterId", oldLinkFirst: true);
        comparison.Replaces("source.zone", oldLinkFirst: true);
        comparison.Updates("source.host");
        comparison.Updates("source.port");
        comparison.Updates("source.user");
        comparison.UpdatesPassword();
        comparison.Updates(Names.OnDelete);
        comparison.Updates(Names.AllowRelink);
        SyncWay(comparison);
        Promoted(comparison);
        State(comparison);

        return comparison.Result();
    }

    /// <summary>A full copy is ordered anew; a link that made a full copy replicates incrementally already.</summary>
    private static void SyncWay(Comparison comparison)
    {
        if (comparison.NewText(Names.SyncWay) != Names.Increment)
        {
            comparison.Replaces(Names.SyncWay, oldLinkFirst: true);
        }
    }

    /// <summary>Taking a promotion back overwrites the promoted data: without allowRelink, Update gets it, and refuses.</summary>
    private static void Promoted(Comparison comparison)
    {
        if (comparison.IsFailedOver && !comparison.KeepsFailover)
        {
            comparison.Replaces(Names.Promoted, oldLinkFirst: true);
        }
        else
        {
            comparison.Updates(Names.Promoted);
        }
    }

    /// <summary>The link is not as declared, though no input has changed.</summary>
    private static void State(Comparison comparison)
    {
        var promoted = comparison.NewFlag(Names.Promoted);
        switch (comparison.LinkState)
        {
            case LinkState.Starting or LinkState.Promoting:
            case LinkState.Replicating when promoted:
                comparison.Drifted(replace: false);
                break;
            case LinkState.Promoted or LinkState.Stopped when !promoted:
                comparison.Drifted(replace: !comparison.KeepsFailover);
                break;
            default:
                break;
        }
    }

    /// <summary>Old and new inputs side by side, and the changes found so far.</summary>
    private sealed class Comparison(DiffRequest request)
    {
        private readonly Dictionary<string, PropertyChange> _changes = new(StringComparer.Ordinal);
        private bool _newLinkFirst;
        private bool _oldLinkFirst;

        public LinkState? LinkState => StandbyState.StateOf(request.OldState);

        public bool IsFailedOver => LinkState is Evidence.LinkState.Promoted or Evidence.LinkState.Stopped;

        /// <summary>
        /// Whether the standby was cut loose and is to stay so. A replacement on the same cluster would only delete the resource
        /// before its new half is refused: such changes go to Update, which accepts the failover or says what the choices are.
        /// </summary>
        public bool KeepsFailover => IsFailedOver && (NewFlag(Names.Promoted) || !NewFlag(Names.AllowRelink));

        public string? NewText(string path) => At(request.NewInputs, path) is PropertyValue.TextValue text ? text.Value : null;

        public bool NewFlag(string path) => At(request.NewInputs, path) is PropertyValue.BoolValue { Value: true };

        public void Updates(string path) => Compare(path, replace: false);

        public void Replaces(string path, bool oldLinkFirst)
        {
            if (!Compare(path, replace: !(oldLinkFirst && KeepsFailover)) || (oldLinkFirst && KeepsFailover))
            {
                return;
            }

            _oldLinkFirst |= oldLinkFirst;
            _newLinkFirst |= !oldLinkFirst;
        }

        /// <summary>An imported link's password could not be read: the program's is not another one.</summary>
        public void UpdatesPassword()
        {
            const string path = "source.password";
            if (At(request.OldInputs, path) is not PropertyValue.TextValue { Value: StandbyInputs.UnreadablePassword })
            {
                Updates(path);
            }
        }

        public void Drifted(bool replace)
        {
            _changes[Names.State] = new PropertyChange(ChangeKind.Update, replace, IsInputDiff: false);
            _oldLinkFirst |= replace;
        }

        /// <summary>A new cluster has room for its link at once; on the same cluster the old link must go first.</summary>
        public DiffResult Result() => _changes.Count == 0
            ? DiffResult.None
            : new DiffResult(_changes, DeleteBeforeReplace: _oldLinkFirst && !_newLinkFirst);

        private bool Compare(string path, bool replace)
        {
            var old = At(request.OldInputs, path);
            var now = At(request.NewInputs, path);
            if (old == now)
            {
                return false;
            }

            var kind = (old, now) switch
            {
                (PropertyValue.NullValue, _) => ChangeKind.Add,
                (_, PropertyValue.NullValue) => ChangeKind.Delete,
                _ => ChangeKind.Update,
            };
            _changes[path] = new PropertyChange(kind, replace);
            return true;
        }

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
}
