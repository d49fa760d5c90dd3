using System.Runtime.CompilerServices;
using System.Text;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>What a finding says: to the person who runs the doctor all of it, to the reader of a report only what is on a
/// list. A report takes the doctor's own words, which are the fixed parts of an interpolated string, numbers, known
/// words of an enumeration and times without their minutes. A cluster's id becomes a name that only the report has.
/// Every other string is left out: it may be the server's.</summary>
[InterpolatedStringHandler]
internal sealed class Wording
{
    private const string LeftOut = "(not in the report)";

    private readonly StringBuilder _shown;
    private readonly List<(string Text, bool IsId)> _reported = [];

    /// <summary>Called for an interpolated string.</summary>
    public Wording(int literalLength, int formattedCount) => _shown = new StringBuilder(literalLength + formattedCount);

    private Wording(string shown)
        : this(shown.Length, 0) => _shown.Append(shown);

    /// <summary>All of it.</summary>
    public string Shown => _shown.ToString();

    /// <summary>A string that may come from anywhere.</summary>
    public static implicit operator Wording(string text) => Of(text, LeftOut);

    /// <summary>A string of the doctor's own that is not fixed.</summary>
    public static Wording Own(string text) => Of(text, text);

    /// <summary>A refusal of QingCloud's: of that, a report has the kind and the code.</summary>
    public static Wording Of(QingCloudException refusal) =>
        Of(
            refusal.Message,
            string.Create(CultureInfo.InvariantCulture, $"{refusal.Kind}, ret_code {refusal.ReturnCode ?? 0}")
        );

    public void AppendLiteral(string text) => Append(text, text);

    public void AppendFormatted(int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        Append(text, text);
    }

    public void AppendFormatted(Enum word) => Append(word.ToString(), word.ToString());

    public void AppendFormatted(DateTimeOffset time) => Append(Timestamp.Of(time), RoundedHour(time));

    public void AppendFormatted(Wording other)
    {
        _shown.Append(other._shown);
        _reported.AddRange(other._reported);
    }

    /// <summary>Adds a cluster of the account.</summary>
    public void AppendFormatted(ClusterId cluster)
    {
        _shown.Append(cluster.Value);
        _reported.Add((cluster.Value, IsId: true));
    }

    /// <summary>Adds a string that may come from anywhere.</summary>
    public void AppendFormatted(string? text) => Append(text ?? "", LeftOut);

    /// <summary>What a report has of it.</summary>
    public string ForReport(Pseudonyms names) =>
        string.Concat(_reported.Select(part => part.IsId ? names.Of(part.Text) : part.Text));

    /// <summary>A time to the hour: how far a history reaches, and not when a user did something.</summary>
    public static string RoundedHour(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH':00Z'", CultureInfo.InvariantCulture);

    private static Wording Of(string shown, string reported)
    {
        var wording = new Wording(shown);
        wording._reported.Add((reported, IsId: false));
        return wording;
    }

    private void Append(string shown, string reported)
    {
        _shown.Append(shown);
        _reported.Add((reported, IsId: false));
    }
}

/// <summary>The id of a cluster of the account.</summary>
internal readonly record struct ClusterId(string Value);
