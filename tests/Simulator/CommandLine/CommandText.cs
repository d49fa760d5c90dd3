using QingCloudMySqlStandby.Simulator.Domain;
using QingCloudMySqlStandby.Simulator.Faults;

namespace QingCloudMySqlStandby.Simulator.CommandLine;

/// <summary>Reads arguments that are more than one value.</summary>
internal static class CommandText
{
    public static ClusterSpec Cluster(string text)
    {
        var parts = text.Split(':', 3);
        return parts[0].StartsWith("cl-", StringComparison.Ordinal)
            ? new ClusterSpec(parts[0], parts.ElementAtOrDefault(1) ?? "pek3a")
            {
                Name = parts.ElementAtOrDefault(2) ?? "",
                HasCreationJob = true,
            }
            : throw new FormatException($"cluster '{text}': an id begins with cl-");
    }

    public static void SetDuration(SimulatedCloud cloud, string text)
    {
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        if (sign < 0)
            cloud.UsualDuration = Durations.Parse(text);
        else
            cloud.SetDuration(text[..sign], Durations.Parse(text[(sign + 1)..]));
    }

    public static void SetKnob(SimulatedCloud cloud, string text)
    {
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        if (sign < 0)
            throw new FormatException($"knob '{text}': it has no value");

        cloud.Knobs = cloud.Knobs.With(text[..sign], text[(sign + 1)..]);
    }
}
