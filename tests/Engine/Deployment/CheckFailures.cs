using QingCloudMySqlStandby.Engine.Plugins;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>What is wrong with a resource's inputs.</summary>
internal static class CheckFailures
{
    /// <summary>Wrong inputs stop the whole run, whatever was to go on after errors.</summary>
    public static void ThrowIfAny(Run run, Urn urn, CheckAnswer answer)
    {
        foreach (var message in Messages(urn, answer))
            run.Report(urn, message);

        if (answer.Failures.Count > 0)
            throw run.Stop();
    }

    public static IEnumerable<string> Messages(Urn urn, CheckAnswer answer) =>
        answer.Failures.Select(failure =>
            failure.Property.Length == 0
                ? $"{urn.Type} '{urn.Name}' has a problem: {failure.Reason}"
                : $"{urn.Type} '{urn.Name}', property '{failure.Property}', has a problem: {failure.Reason}"
        );
}
