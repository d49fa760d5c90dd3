namespace QingCloudMySqlStandby.Simulator.Domain;

/// <summary>The way on which a request reached the cloud.</summary>
public enum Channel
{
    /// <summary>A call that was signed with an access key.</summary>
    Api,

    /// <summary>A user at the console.</summary>
    Console,

    /// <summary>The cloud itself.</summary>
    Internal,
}

/// <summary>How much of the request that made a job its directive echoes.</summary>
public enum Echo
{
    /// <summary>Everything, and what the cloud adds: the published transcript of a MySQL Plus cluster.</summary>
    Full,

    /// <summary>Everything but <c>req_id</c>, which was never seen echoed in public.</summary>
    WithoutRequestId,

    /// <summary>Only what was asked for: nothing that shows who asked, and nothing that the cloud adds.</summary>
    WithoutSender,

    /// <summary>There is no directive.</summary>
    None,
}

/// <summary>The request that made a job: the way on which it came, its parameters as they were sent, and who sent it,
/// which no answer of the API shows.</summary>
public sealed record JobRequest(Channel Channel, IReadOnlyList<KeyValuePair<string, string>> Parameters, string Caller)
{
    /// <summary>The value of a parameter; null when it was not sent.</summary>
    public string? this[string name] => Parameters.FirstOrDefault(parameter => parameter.Key == name).Value;
}
