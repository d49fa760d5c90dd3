namespace QingCloudMySqlStandby.Doctor;

/// <summary>The command <c>doctor</c>: whoever can reach a QingCloud account needs no program and no engine to find out
/// whether this provider will work there.</summary>
/// <param name="version">The provider's version, for the report.</param>
/// <param name="client">The account to examine.</param>
/// <param name="time">The clock.</param>
internal sealed class DoctorCommand(string version, QingCloudClient client, TimeProvider time)
{
    private const int AllIsWell = 0;
    private const int SomethingBreaks = 1;
    private const int CouldNotRun = 2;

    /// <summary>Runs the command.</summary>
    /// <param name="args">The command line, without the word <c>doctor</c>.</param>
    /// <param name="output">Where the table goes.</param>
    /// <param name="errors">Where it is said why nothing could be found out.</param>
    /// <param name="cancellationToken">Ends the examination.</param>
    /// <returns>The exit code: 0 all is well, 1 something would go wrong, 2 it could not be found out.</returns>
    public async Task<int> RunAsync(
        IReadOnlyList<string> args,
        TextWriter output,
        TextWriter errors,
        CancellationToken cancellationToken
    )
    {
        if (args is ["--help"])
        {
            await output.WriteAsync(DoctorArguments.Usage);
            return AllIsWell;
        }

        if (DoctorArguments.Parse(args) is not { } arguments)
        {
            await errors.WriteAsync(DoctorArguments.Usage);
            return CouldNotRun;
        }

        try
        {
            var zone = arguments.Zone ?? await client.DefaultZoneAsync(cancellationToken);
            if (zone is null)
            {
                await errors.WriteLineAsync(
                    "No zone is named: add --zone, such as --zone sh1a, or set QINGCLOUD_ZONE."
                );
                return CouldNotRun;
            }

            var examination = await Examination.RunAsync(client, time, zone, arguments.Cluster, cancellationToken);
            await Table.WriteAsync(examination, output);
            if (arguments.Report is { } file)
            {
                var report = Doctor.Report.Write(examination, version, time.GetUtcNow());
                await File.WriteAllTextAsync(file, report, cancellationToken);
            }

            return examination.Breaks ? SomethingBreaks : AllIsWell;
        }
        catch (Exception error) when (error is QingCloudException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(Sanitizer.WithoutSecrets(error.Message));
            return CouldNotRun;
        }
    }
}
