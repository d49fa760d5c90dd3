using System.Globalization;

namespace QingCloudMySqlStandby.Histories.Scripts;

/// <summary>Makes a script that breaks a promise shorter and simpler, for as long as it breaks it.</summary>
internal static class Shrinker
{
    private const int MostTries = 1500;

    /// <summary>The simplest script that was found.</summary>
    /// <param name="script">One that fails.</param>
    /// <param name="fails">Whether a script fails in the same way.</param>
    public static Script Shrink(Script script, Func<Script, bool> fails)
    {
        var tries = 0;
        while (Candidates(script).TakeWhile(_ => ++tries < MostTries).FirstOrDefault(fails) is { } simpler)
            script = simpler;

        return script;
    }

    private static IEnumerable<Script> Candidates(Script script) =>
        Slices(script)
            .Concat(
                from index in Enumerable.Range(0, script.Steps.Count)
                from simpler in Simpler(script.Steps[index])
                select new Script(script.Steps.SetItem(index, simpler))
            );

    private static IEnumerable<Script> Slices(Script script)
    {
        for (var length = script.Steps.Count / 2; length >= 1; length /= 2)
        {
            for (var start = script.Steps.Count - length; start >= 0; start--)
                yield return new Script(script.Steps.RemoveRange(start, length));
        }
    }

    private static IEnumerable<Step> Simpler(Step step)
    {
        foreach (var (option, value) in step.Options)
        {
            yield return step.With(option, null);
            if (SimplerValue(value) is { } simpler)
                yield return step.With(option, simpler);
        }

        foreach (var (index, word) in step.Words.Index())
        {
            var simpler = step.Verb == "fault" ? SimplerFault(word) : SimplerValue(word);
            if (simpler is not null)
                yield return step with
                {
                    Words = step.Words.SetItem(index, simpler),
                };
        }
    }

    /// <summary>A lower number of calls, or a rounder time; null where a value cannot be simpler.</summary>
    private static string? SimplerValue(string value)
    {
        if (
            value.Split('-') is [var call, var moment]
            && int.TryParse(call, CultureInfo.InvariantCulture, out var number)
        )
            return number > 1 ? $"{number - 1}-{moment}" : null;
        if (!value.EndsWith('s') && !value.EndsWith('m') && !value.EndsWith('h') || !char.IsAsciiDigit(value[0]))
            return null;

        string[] round = ["1m", "10m", "1h", "2h", "24h"];
        var time = Simulator.Faults.Durations.Parse(value);
        return round.LastOrDefault(each => Simulator.Faults.Durations.Parse(each) < time);
    }

    /// <summary>The same fault without its last option of those that only say how often it occurs.</summary>
    private static string? SimplerFault(string specification)
    {
        var parts = specification.Split(',').ToList();
        var last = parts.FindLastIndex(part => part.Split('=')[0] is "times" or "skip" or "p");
        return last < 0 ? null : string.Join(',', parts.Where((_, index) => index != last));
    }
}
