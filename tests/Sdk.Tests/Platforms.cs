using System.Runtime.Versioning;

// The repository's scripts are for bash.
[assembly: UnsupportedOSPlatform("windows")]
