using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Faults;

/// <summary>A fault as it is written: <c>KIND[=VALUE][,OPTION=VALUE]...</c>. The grammar is in README.md. It changes calls, or
/// it is how jobs will go.</summary>
internal sealed record FaultSpec(Fault? OfCalls, JobPlan? OfJobs)
{
    private const string TryLater = "PermissionDenied, resource [cl-x] lease info not ready yet, please try later";

    /// <exception cref="FormatException">The string is no fault; the message says why.</exception>
    public static FaultSpec Parse(string text)
    {
        try
        {
            var spec = new SpecText(text);
            var parsed = spec.Kind == "job" ? new FaultSpec(null, PlanOf(spec)) : new FaultSpec(FaultOf(spec), null);
            spec.CheckAllTaken();
            return parsed;
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            throw new FormatException($"fault '{text}': {wrong.Message}", wrong);
        }
    }

    private static Fault FaultOf(SpecText spec)
    {
        var fault = KindOf(spec);
        return fault with
        {
            Text = spec.Take("message") ?? fault.Text,
            Moment = spec.Take("when", SpecText.OneOf<FaultMoment>) ?? fault.Moment,
            Times = TimesOf(spec, fault.Times),
            Skip = spec.Take("skip", SpecText.Integer) ?? 0,
            Probability = spec.Take("p", SpecText.Fraction) ?? 1,
            Action = spec.Take("action"),
            Service = spec.Take("service"),
        };
    }

    private static Fault KindOf(SpecText spec) =>
        spec.Kind switch
        {
            "cut" => new Fault(FaultKind.Cut),
            "http" => new Fault(FaultKind.HttpStatus, SpecText.Integer(spec.Value)),
            "ret" => new Fault(
                FaultKind.RetCode,
                SpecText.Integer(spec.Value),
                "Simulated, an error that was asked for"
            ),
            "try-later" => new Fault(FaultKind.RetCode, Refuse.DeniedCode, TryLater),
            "rate-limit" => new Fault(FaultKind.RetCode, Refuse.QuotaCode, "QuotasExceeded, too many API calls"),
            "garbage" => new Fault(FaultKind.Garbage, Moment: FaultMoment.After),
            "truncated" => new Fault(FaultKind.Truncated, Moment: FaultMoment.After),
            "half" => new Fault(FaultKind.HalfBody, Moment: FaultMoment.After),
            "huge" => new Fault(FaultKind.Huge, spec.ValueOr(1 << 30), Moment: FaultMoment.After),
            "deep" => new Fault(FaultKind.Deep, spec.ValueOr(100_000), Moment: FaultMoment.After),
            "redirect" => new Fault(FaultKind.Redirect, Text: spec.Value),
            "redirect-loop" => new Fault(FaultKind.RedirectLoop, Times: null),
            "refuse-post" => new Fault(FaultKind.RefusePost, spec.ValueOr(405), Times: null),
            "slow" => new Fault(FaultKind.Slow, Delay: Durations.Parse(spec.Value), Moment: FaultMoment.After),
            "silent" => new Fault(FaultKind.Silent),
            "skew" => new Fault(FaultKind.Skew, Delay: Durations.Parse(spec.Value), Times: null),
            _ => throw new FormatException($"'{spec.Kind}' is no kind of fault"),
        };

    private static JobPlan PlanOf(SpecText spec) =>
        new()
        {
            Service = spec.Take("service"),
            Outcome = SpecText.OneOf<JobOutcome>(spec.Value),
            ErrorCodes = spec.Take("codes") ?? "",
            Duration = spec.Take("duration", Durations.Parse),
            HiddenFor = spec.Take("hidden", Durations.Parse) ?? TimeSpan.Zero,
            VanishesAfter = spec.Take("vanishes", Durations.Parse),
            TakesEffect = spec.Take("effect", bool.Parse),
            Echo = spec.Take("echo", SpecText.OneOf<Echo>),
            Times = TimesOf(spec, 1),
        };

    private static int? TimesOf(SpecText spec, int? otherwise) =>
        spec.Take("times") switch
        {
            null => otherwise,
            "always" => null,
            var text => SpecText.Integer(text),
        };
}
