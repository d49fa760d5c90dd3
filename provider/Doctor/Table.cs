namespace QingCloudMySqlStandby.Doctor;

/// <summary>Writes an examination for a person: a line for each guess, and under it what it means.</summary>
internal static class Table
{
    public static string Word(Verdict verdict) =>
        verdict switch
        {
            Verdict.Ok => "ok",
            Verdict.Differs => "differs",
            Verdict.NotSeen => "not seen",
            _ => "BREAKS",
        };

    public static async Task WriteAsync(Examination examination, TextWriter output)
    {
        foreach (var finding in examination.Findings)
        {
            await output.WriteLineAsync($"{Word(finding.Verdict), -8}  {finding.Check, -20}  {finding.Seen}");
            if (finding.Meaning.Length > 0)
                await output.WriteLineAsync($"{"", -32}{finding.Meaning}");
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync(
            examination.Breaks
                ? "Something would go wrong: see BREAKS. Nothing was changed."
                : "Nothing was found that would go wrong. Nothing was changed."
        );
    }
}
