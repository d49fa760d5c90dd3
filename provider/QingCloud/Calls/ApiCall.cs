namespace QingCloudMySqlStandby.QingCloud.Calls;

/// <summary>One call of the API, before it is stamped and signed.</summary>
internal sealed class ApiCall(string action, string zone, string subject)
{
    public string Action { get; } = action;
    public string Zone { get; } = zone;

    /// <summary>What it is about, in words for a message: <c>start_standby on cluster cl-x</c>.</summary>
    public string Subject { get; } = subject;

    /// <summary>Whether it changes something: then it goes out at most once, and may use the last of the call
    /// budget.</summary>
    public bool IsChange { get; init; }

    /// <summary>How long after its stamp QingCloud may accept it, where the default will not do.</summary>
    public TimeSpan? Validity { get; init; }

    /// <summary>The signatures under which it was sent, one an attempt: the job that it starts may show one of
    /// them.</summary>
    public ICollection<SecretText> Signatures { get; } = [];

    public ICollection<KeyValuePair<string, string>> Parameters { get; } = [];

    /// <summary>The call in words, for the beginning of a message.</summary>
    public string Describe() => $"{Action} ({Subject}, zone {Zone})";

    /// <summary>Adds a parameter, where there is a value.</summary>
    public ApiCall With(string name, string? value)
    {
        if (value is not null)
            Parameters.Add(new(name, value));

        return this;
    }

    /// <summary>Adds a list the way QingCloud numbers one: <c>name.1</c>, <c>name.2</c>, ...</summary>
    public ApiCall WithList(string name, IEnumerable<string> values)
    {
        foreach (var (index, value) in values.Index())
            With(FormattableString.Invariant($"{name}.{index + 1}"), value);

        return this;
    }
}
