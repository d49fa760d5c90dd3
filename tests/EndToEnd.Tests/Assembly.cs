using System.Runtime.Versioning;
using QingCloudMySqlStandby.EndToEnd.Tests;

// The tests start processes, and wait for them: side by side they would only take each other's time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(PreparedExamples))]

// The scripts are for bash, and a Ctrl-C is a signal.
[assembly: UnsupportedOSPlatform("windows")]
