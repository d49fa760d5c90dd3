namespace QingCloudMySqlStandby.QingCloud.Sanitizing;

/// <summary>Everything that a text may read as: with its escapes taken off, one layer after the other, and as base64 or
/// hexadecimal, whose contents may be escaped or encoded again. How many there are is limited, whatever the text.</summary>
internal static class Views
{
    private const int MostOfText = 16;
    private const int MostEncoded = 6;
    private const int MostOfContents = 4;

    /// <summary>So many printable characters on end are rare where bytes are no text.</summary>
    private const int Readable = 6;

    /// <summary>The text itself, and the text with its escapes taken off.</summary>
    public static List<TextView> OfText(TextView text) => Unescaped(text, MostOfText);

    /// <summary>What base64 and hexadecimal in these views hold.</summary>
    public static IEnumerable<TextView> OfContents(List<TextView> texts)
    {
        foreach (var encoded in texts.Take(MostEncoded).SelectMany(Decoded))
        {
            yield return encoded;
            if (!IsReadable(encoded))
                continue;

            foreach (var content in Unescaped(encoded, MostOfContents).Skip(1).Concat(Decoded(encoded)))
                yield return content;
        }
    }

    private static IEnumerable<TextView> Decoded(TextView view) =>
        Encoded.Base64(view).Concat(Encoded.Hexadecimal(view));

    private static List<TextView> Unescaped(TextView first, int most)
    {
        var views = new List<TextView> { first };
        var known = new HashSet<string>(StringComparer.Ordinal) { first.Text };
        for (var index = 0; index < views.Count; index++)
        {
            foreach (var takeOff in Escapes.All)
            {
                if (views.Count < most && takeOff(views[index]) is { } view && known.Add(view.Text))
                    views.Add(view);
            }
        }

        return views;
    }

    private static bool IsReadable(TextView view)
    {
        var run = 0;
        foreach (var c in view.Text)
        {
            run = c is >= ' ' and <= '~' ? run + 1 : 0;
            if (run >= Readable)
                return true;
        }

        return false;
    }
}
