using QingCloudMySqlStandby.Engine.Plugins;

namespace QingCloudMySqlStandby.Engine.Deployment;

/// <summary>What is wrong with a resource's inputs.</summary>
internal static class CheckFailures
{
    public static void ThrowIfAny(Run run, Urn urn, CheckAnswer answer)
    {
        foreach (var message in Messages(urn, answer))
        {
            run.Log.Error(urn, message);
        }

        if (answer.Failures.Count > 0)
        {
            throw run.Fail();
        }
    }

    public static IEnumerable<string> Messages(Urn urn, CheckAnswer answer) => answer.Failures.Select(failure =>
        failure.Property.Length == 0
            ? $"{urn.Type} '{urn.Name}' has a problem: {failure.Reason}"
            : $"{urn.Type} '{urn.Name}', property '{failure.Property}', has a problem: {failure.Reason}");
}
