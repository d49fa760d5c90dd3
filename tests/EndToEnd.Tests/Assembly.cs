using System.Runtime.Versioning;
using QingCloudMySqlStandby.EndToEnd.Tests;

// The tests start processes, and wait for them: two classes at a time keep two cores busy.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
[assembly: AssemblyFixture(typeof(PreparedExamples))]

// The scripts are for bash, and a Ctrl-C is a signal.
[assembly: UnsupportedOSPlatform("windows")]
