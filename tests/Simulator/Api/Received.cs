using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Api;

/// <summary>A request, its entry in the log, and what is wrong with it before it is looked into.</summary>
internal sealed record Received(ApiRequest Request, Call Call, RefusedException? Malformed)
{
    /// <summary>Its parameters; those of a malformed request are refused.</summary>
    public Parameters WellFormed => Malformed is null ? Call.Parameters : throw Malformed;

    public static Received Read(ApiRequest request, DateTimeOffset now, CallLog log)
    {
        try
        {
            return new Received(request, log.Add(now, request, ParametersOf(request)), Malformed: null);
        }
        catch (RefusedException refusal)
        {
            return new Received(request, log.Add(now, request, new Parameters()), refusal);
        }
    }

    private static Parameters ParametersOf(ApiRequest request) =>
        request switch
        {
            { Path: SimulatedApi.MetadataPath } => Parameters.Parse(
                $"action={SimulatedApi.MetadataAction}",
                inForm: false
            ),
            { Method: "POST" } => Parameters.Parse(request.Body, inForm: true),
            _ => Parameters.Parse(request.Query, inForm: false),
        };
}
