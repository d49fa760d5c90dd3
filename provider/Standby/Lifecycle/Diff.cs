namespace QingCloudMySqlStandby.Standby.Lifecycle;

/// <summary>What a change means: the table of the README. The identity of the resource is the standby cluster: whatever
/// happens on one cluster is an update, because only an update can be interrupted and gone on with. Diff never fails
/// and never looks at the cloud, for the engine's refresh calls it too; refusals are Create's and Update's.</summary>
internal static class Diff
{
    public static DiffResult Run(DiffRequest request)
    {
        var comparison = new Comparison(request);

        comparison.Replaces(Names.ClusterId);
        comparison.Replaces(Names.Zone);
        comparison.Updates(Names.Role);
        comparison.Updates("source.clusterId");
        comparison.Updates("source.zone");
        comparison.Updates("source.host");
        comparison.Updates("source.port");
        comparison.Updates("source.user");
        comparison.UpdatesPassword();
        comparison.UpdatesSyncWay();
        comparison.Updates(Names.Promoted);
        comparison.Updates(Names.OnDelete);
        comparison.Updates(Names.RelinkAfter);
        comparison.UpdatesState();

        return comparison.Result;
    }

    /// <summary>Old and new inputs side by side, and the changes found so far.</summary>
    private sealed class Comparison(DiffRequest request)
    {
        private readonly Dictionary<string, PropertyChange> _changes = new(StringComparer.Ordinal);

        public DiffResult Result => _changes.Count == 0 ? DiffResult.None : new DiffResult(_changes);

        public void Updates(string path) => Compare(path, replace: false);

        public void Replaces(string path) => Compare(path, replace: true);

        /// <summary>An imported link's password could not be read: the program's is not another one.</summary>
        public void UpdatesPassword()
        {
            const string path = "source.password";
            if (At(request.OldInputs, path) is not PropertyValue.TextValue { Value: StandbyInputs.UnreadablePassword })
                Updates(path);
        }

        /// <summary>A link that made a full copy replicates incrementally already.</summary>
        public void UpdatesSyncWay()
        {
            if (At(request.NewInputs, Names.SyncWay) is not PropertyValue.TextValue { Value: Names.Increment })
                Updates(Names.SyncWay);
        }

        /// <summary>The link is not as declared, though no input has changed.</summary>
        public void UpdatesState()
        {
            var isPromoted = StandbyInputs.Flag(request.NewInputs, Names.Promoted);
            var isAsDeclared = StandbyState.StateOf(request.OldState) switch
            {
                LinkState.Starting or LinkState.Promoting => false,
                LinkState.Replicating => !isPromoted,
                LinkState.Promoted or LinkState.Stopped => isPromoted,
                _ => true,
            };
            if (!isAsDeclared)
                _changes[Names.State] = new PropertyChange(ChangeKind.Update, IsInputDiff: false);
        }

        private void Compare(string path, bool replace)
        {
            var old = At(request.OldInputs, path);
            var now = At(request.NewInputs, path);
            if (old != now)
            {
                var kind = (old, now) switch
                {
                    (PropertyValue.NullValue, _) => ChangeKind.Add,
                    (_, PropertyValue.NullValue) => ChangeKind.Delete,
                    _ => ChangeKind.Update,
                };
                _changes[path] = new PropertyChange(kind, replace);
            }
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
