namespace QingCloudMySqlStandby.Doctor;

/// <summary>A finding for each guess about an account, in the order of docs/assumptions.md, and its traits.</summary>
internal sealed record Examination(IReadOnlyList<Finding> Findings, Traits Traits)
{
    public bool Breaks => Findings.Any(finding => finding.Verdict == Verdict.Breaks);

    /// <summary>Examines an account, by calls that only read.</summary>
    /// <exception cref="QingCloud.QingCloudException">QingCloud could not be asked.</exception>
    public static async Task<Examination> RunAsync(
        QingCloudClient client,
        TimeProvider time,
        string zone,
        string? clusterId,
        CancellationToken cancellationToken
    )
    {
        List<string> trouble = [];
        var questions = new Questions(client.Reporting(trouble.Add), zone);
        List<Finding> findings = [.. await AccountChecks.RunAsync(client, questions, cancellationToken)];
        if (findings.Exists(finding => finding.Verdict == Verdict.Breaks))
            return new Examination(findings, new Traits());

        var (pages, refusal) = await JobChecks.ReadAsync(questions, cancellationToken);
        if (pages is null)
            return new Examination([.. findings, JobChecks.Unreadable(refusal!)], new Traits());

        findings.AddRange(await JobChecks.RunAsync(pages, questions, cancellationToken));
        findings.AddRange(DirectiveChecks.Run(pages));
        if (clusterId is not null)
        {
            var id = new StandbyId(zone, clusterId);
            findings.AddRange(await ClusterChecks.RunAsync(clusterId, pages, questions, cancellationToken));
            var link = await LinkChecks.RunAsync(client, time, id, cancellationToken);
            findings.AddRange(link);
            if (link.Count > 0)
                findings.AddRange(await HealthChecks.RunAsync(client, id, cancellationToken));
        }

        findings.Add(AccountChecks.Rate(questions, trouble));
        return new Examination(
            findings,
            new Traits(
                pages.Filter,
                DirectiveChecks.AreReadable(pages),
                DirectiveChecks.Echoes(pages),
                DirectiveChecks.HidesPasswords(pages)
            )
        );
    }
}
