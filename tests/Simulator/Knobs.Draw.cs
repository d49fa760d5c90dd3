using System.Reflection;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator;

/// <summary>Knobs at random.</summary>
public sealed partial record Knobs
{
    // How many of its knobs a drawn QingCloud has set otherwise: from hardly any to all. Where much is unusual at once,
    // little can be done; where little is, what is unusual has its effect.
    private static readonly double[] Shares = [0.03, 0.1, 0.3, 1];

    /// <summary>The values that are drawn where the type does not limit them.</summary>
    private static readonly Dictionary<string, object?[]> Choices = new(StringComparer.Ordinal)
    {
        [nameof(ReplicationDelay)] = Seconds(0, 1, 30, 300),
        [nameof(JobsListedAfter)] = Seconds(0, 2, 60),
        [nameof(JobsListedFor)] = [null, .. Seconds(600, 86_400, 7 * 86_400)],
        [nameof(JobsListed)] = [null, 3, 10, 50],
        [nameof(StoppedStatus)] = [ClusterStatus.Stopped, ClusterStatus.Suspended, ClusterStatus.Pending],
    };

    /// <summary>A QingCloud as it could be: each knob is at its default, or has any of its values.</summary>
    public static Knobs Draw(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var share = Shares[random.Next(Shares.Length)];
        var drawn = new Knobs();
        foreach (var knob in All.Where(_ => random.NextDouble() < share))
        {
            var values = ValuesOf(knob);
            knob.SetValue(drawn, values[random.Next(values.Length)]);
        }

        return drawn;
    }

    private static object?[] ValuesOf(PropertyInfo knob) =>
        Choices.TryGetValue(knob.Name, out var choices) ? choices
        : knob.PropertyType == typeof(bool) ? [false, true]
        : [.. Enum.GetValues(knob.PropertyType).Cast<object>()];

    private static object?[] Seconds(params int[] values) =>
        [.. values.Select(value => (object)TimeSpan.FromSeconds(value))];
}
