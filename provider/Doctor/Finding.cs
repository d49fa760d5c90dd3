namespace QingCloudMySqlStandby.Doctor;

/// <summary>How a guess about QingCloud compares with what was seen.</summary>
internal enum Verdict
{
    /// <summary>It is as the provider takes it to be.</summary>
    Ok,

    /// <summary>It is not, and the provider does without.</summary>
    Differs,

    /// <summary>Nothing was seen that would show it.</summary>
    NotSeen,

    /// <summary>It is not, and something would go wrong.</summary>
    Breaks,
}

/// <summary>A guess that the provider rests on, and what was seen of it; docs/assumptions.md lists them.</summary>
/// <param name="Check">The guess's name there.</param>
/// <param name="Verdict">How it compares.</param>
/// <param name="What">What was seen: names, never values of secrets.</param>
/// <param name="Meaning">What follows from that, and what to do, in the doctor's own words alone; empty where all is
/// well.</param>
internal sealed record Finding(string Check, Verdict Verdict, Wording What, string Meaning = "")
{
    /// <summary>What was seen, for the person who runs the doctor.</summary>
    public string Seen => Sanitizer.WithoutSecrets(What.Shown);

    public static Finding Ok(string check, Wording seen) => new(check, Verdict.Ok, seen);

    public static Finding Differs(string check, Wording seen, string meaning) =>
        new(check, Verdict.Differs, seen, meaning);

    public static Finding NotSeen(string check, Wording seen, string meaning) =>
        new(check, Verdict.NotSeen, seen, meaning);

    public static Finding Breaks(string check, Wording seen, string meaning) =>
        new(check, Verdict.Breaks, seen, meaning);
}
