using QingCloudMySqlStandby.Simulator.Api;
using QingCloudMySqlStandby.Simulator.Domain;

namespace QingCloudMySqlStandby.Simulator.Faults;

/// <summary>
/// A fault in words, for the command line and the control endpoints: <c>KIND[=VALUE][,OPTION=VALUE]...</c>. The grammar is
/// in README.md.
/// </summary>
public sealed class FaultSpec
{
    private readonly Fault? _fault;
    private readonly JobPlan? _plan;

    private FaultSpec(Fault? fault, JobPlan? plan)
    {
        _fault = fault;
        _plan = plan;
    }

    /// <exception cref="FormatException">The text is no fault; the message says why.</exception>
    public static FaultSpec Parse(string text)
    {
        var spec = new SpecText(text);
        var parsed = spec.Kind == "job" ? new FaultSpec(null, PlanOf(spec)) : new FaultSpec(FaultOf(spec), null);
        spec.CheckAllTaken();
        return parsed;
    }

    public void ApplyTo(SimulatedApi api)
    {
        ArgumentNullException.ThrowIfNull(api);
        if (_fault is not null)
        {
            api.Faults.Add(_fault);
        }

        if (_plan is not null)
        {
            api.Cloud.PlanJobs(_plan);
        }
    }

    private static Fault FaultOf(SpecText spec)
    {
        var fault = KindOf(spec);
        return fault with
        {
            Action = spec.Take("action"),
            Service = spec.Take("service"),
            Times = TimesOf(spec, fault.Times),
            Skip = spec.Take("skip", spec.Whole) ?? 0,
            Probability = spec.Take("p", spec.Fraction) ?? 1,
            Moment = spec.Take("when", MomentOf(spec)) ?? fault.Moment,
            Text = spec.Take("message") ?? fault.Text,
        };
    }

    private static Fault KindOf(SpecText spec) => spec.Kind switch
    {
        "cut" => Fault.Cut(),
        "http" => Fault.Http(spec.Whole(spec.NeedValue())),
        "ret" => Fault.RetCode(spec.Whole(spec.NeedValue()), "Simulated, an error that was asked for"),
        "try-later" => Fault.TryLater(),
        "rate-limit" => Fault.RateLimit(),
        "garbage" => Fault.Garbage(),
        "truncated" => Fault.Truncated(),
        "half" => Fault.HalfBody(),
        "huge" => Fault.Huge(spec.ValueOr(1 << 30)),
        "deep" => Fault.Deep(spec.ValueOr(100_000)),
        "redirect" => Fault.Redirect(spec.NeedValue()),
        "redirect-loop" => Fault.RedirectLoop(),
        "refuse-post" => Fault.RefusePost(spec.ValueOr(405)),
        "slow" => Fault.Slow(spec.Duration(spec.NeedValue())),
        "silent" => Fault.Silent(),
        "skew" => Fault.Skew(spec.Duration(spec.NeedValue())),
        _ => throw spec.Wrong($"'{spec.Kind}' is no kind of fault"),
    };

    private static JobPlan PlanOf(SpecText spec) => new()
    {
        Outcome = spec.OneOf(
            spec.NeedValue(),
            ("successful", JobOutcome.Successful),
            ("failed", JobOutcome.Failed),
            ("done-with-failure", JobOutcome.DoneWithFailure),
            ("endless", JobOutcome.Endless)),
        Service = spec.Take("service"),
        Times = TimesOf(spec, 1),
        ErrorCodes = spec.Take("codes") ?? "",
        Duration = spec.Take("duration", spec.Duration),
        HiddenFor = spec.Take("hidden", spec.Duration) ?? TimeSpan.Zero,
        VanishesAfter = spec.Take("vanishes", spec.Duration),
        TakesEffect = spec.Take("effect", text => spec.OneOf(text, ("true", true), ("false", false))),
    };

    private static int? TimesOf(SpecText spec, int? otherwise) => spec.Take("times") switch
    {
        null => otherwise,
        "always" => null,
        var text => spec.Whole(text),
    };

    private static Func<string, FaultMoment> MomentOf(SpecText spec) =>
        text => spec.OneOf(text, ("before", FaultMoment.Before), ("after", FaultMoment.After));
}
