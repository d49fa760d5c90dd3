using System.Globalization;
using QingCloudMySqlStandby.Engine.Program;

namespace QingCloudMySqlStandby.Engine.Hosts;

/// <summary>How a program is started.</summary>
internal sealed record HostCommand(string File, IReadOnlyList<string> Arguments)
{
    public static HostCommand Of(Project project, StackOptions options, bool dryRun, string address) =>
        project.Runtime switch
        {
            "dotnet" => Dotnet(project),
            "nodejs" => Node(project, options, dryRun, address),
            var runtime => throw new EngineException($"This engine does not run '{runtime}' programs."),
        };

    private static HostCommand Dotnet(Project project)
    {
        if (project.Binary is not { } binary)
            return new HostCommand("dotnet", ["run", "--project", project.Main]);

        return binary.EndsWith(".dll", StringComparison.Ordinal)
            ? new HostCommand("dotnet", [binary])
            : new HostCommand(binary, []);
    }

    private static HostCommand Node(Project project, StackOptions options, bool dryRun, string address)
    {
        var runner = Path.Combine("node_modules", "@pulumi", "pulumi", "cmd", "run");
        List<string> arguments =
        [
            Path.Combine(FindRoot(project.Main, runner), runner),
            "--monitor",
            address,
            "--engine",
            address,
            "--project",
            project.Name,
            "--stack",
            options.Stack,
            "--organization",
            "organization",
            "--root-directory",
            project.Directory,
            "--pwd",
            project.Main,
            "--parallel",
            options.Parallel.ToString(CultureInfo.InvariantCulture),
        ];
        if (dryRun)
            arguments.Add("--dry-run");

        return new HostCommand("node", [.. arguments, "."]);
    }

    /// <summary>Node looks for modules in a directory and in all that hold it.</summary>
    private static string FindRoot(string directory, string runner)
    {
        for (var at = new DirectoryInfo(directory); at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, runner)))
                return at.FullName;
        }

        throw new EngineException("The program's SDK is not installed: run npm install.");
    }
}
