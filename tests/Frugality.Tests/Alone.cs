// The memory tests read the process's heap: another test beside them would be measured too.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
