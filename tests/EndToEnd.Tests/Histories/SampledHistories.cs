namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>Random histories, the same ones every time: edits, options and commands that two engines must carry out
/// alike. References go from <c>b</c> to <c>a</c> only, and are taken away before what they refer to.</summary>
internal sealed class SampledHistories(int seed, SampledHistories.Vocabulary words)
{
    private const int MostSteps = 7;
    private static readonly string[] Flags = ["protect", "retainOnDelete", "deleteBeforeReplace"];
    private static readonly string[] References = ["dependsOn", "replaceWith", "deletedWith"];

    private readonly Random _random = new(seed);
    private readonly List<string> _steps = [];
    private readonly SortedSet<string> _declared = new(StringComparer.Ordinal);
    private bool _hasProvider;

    /// <summary>What a subject's histories are made of.</summary>
    /// <param name="Properties">Settings of a resource, <c>KEY=VALUE</c>.</param>
    /// <param name="Paths">What its changes can be ignored, or replace it, at.</param>
    /// <param name="Faults">What can go wrong; <c>{0}</c> stands for a resource.</param>
    /// <param name="Moments">When a run can be disturbed; <c>{0}</c> stands for a resource.</param>
    /// <param name="Console">What is done elsewhere.</param>
    /// <param name="Provider">The configuration of a provider instance.</param>
    internal sealed record Vocabulary(
        string[] Properties,
        string[] Paths,
        string[] Faults,
        string[] Moments,
        string[] Console,
        string Provider
    )
    {
        /// <summary>Whether resources get in each other's way: then they are made one after the other.</summary>
        public bool AreInOrder { get; init; }
    }

    /// <summary>That many histories.</summary>
    public static IEnumerable<string> Of(Vocabulary words, int count) =>
        Enumerable.Range(1, count).Select(seed => new SampledHistories(seed, words).Make());

    private string Make()
    {
        if (_random.Next(3) == 0)
        {
            _hasProvider = true;
            _steps.Add($"set p provider {words.Provider}");
        }

        Declare("a");
        if (_random.Next(2) == 0)
            Declare("b");

        _steps.Add("up");
        for (var left = _random.Next(3, MostSteps + 1); left > 0; left--)
        {
            Change();
            Run();
        }

        return string.Join("; ", _steps);
    }

    private void Declare(string name)
    {
        // Which others Pulumi begins once it has refused to replace a protected resource is a matter of luck.
        if (_declared.Min is { } other)
            _steps.Add($"set {other} protect=");

        _declared.Add(name);
        _steps.Add($"set {name} {Any(words.Properties)}");
        if (words.AreInOrder && _declared.Count > 1)
            _steps.Add("set b dependsOn=$a");
    }

    private void Change()
    {
        var name = Any(["a", "a", "b"]);
        if (!_declared.Contains(name))
        {
            Declare(name);
            return;
        }

        switch (_random.Next(10))
        {
            case < 3:
                _steps.Add($"set {name} {Any(words.Properties)}");
                break;
            case < 7:
                _steps.Add($"set {name} {Option(name)}");
                break;
            case 7:
                Remove(name);
                break;
            case 8:
                _steps.Add($"console {Any(words.Console)}");
                break;
            default:
                _steps.Add($"{(_random.Next(2) == 0 ? "taint" : "unprotect")} @{name}");
                break;
        }
    }

    private string Option(string name) =>
        _random.Next(6) switch
        {
            0 or 1 => $"{Flag()}={Any(["true", "true", ""])}",
            2 => $"{Any(["ignoreChanges", "replaceOnChanges"])}={Any([.. words.Paths, ""])}",
            3 => $"replacementTrigger=v{_random.Next(1, 3)}",
            4 when _hasProvider => $"provider={Any(["$p", ""])}",
            _ when name == "b" && _declared.Contains("a") => $"{Any(References)}=$a",
            _ => Any(words.Properties),
        };

    private string Flag() =>
        Any(Flags) is var flag && flag == "protect" && _declared.Count > 1 ? "retainOnDelete" : flag;

    private void Remove(string name)
    {
        if (name == "a" && _declared.Contains("b"))
            _steps.Add($"set b {string.Join(' ', References.Select(reference => reference + "="))}");

        _declared.Remove(name);
        _steps.Add($"drop {name}");
    }

    private void Run()
    {
        var name = Any(["a", "a", "b"]);
        var disturbance = _random.Next(8);
        if (disturbance == 0)
            _steps.Add($"fault {Filled(words.Faults, name)}");
        else if (disturbance == 1)
            _steps.Add($"{Any(["interrupt", "kill before", "kill after"])} {Filled(words.Moments, name)}");

        _steps.Add(Command(name));
        if (disturbance == 1)
            _steps.Add("cancel");
    }

    private string Command(string name) =>
        _random.Next(12) switch
        {
            < 5 => "up",
            5 => "preview",
            6 => "refresh",
            7 => Any(["destroy", "destroy --run-program"]),
            8 => $"up --replace @{name}",
            9 => $"up --target @{name}" + Any(["", " --target-dependents"]),
            10 => "up --refresh",
            _ => "up --continue-on-error",
        };

    private string Filled(string[] choices, string name) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Any(choices), name);

    private string Any(string[] choices) => choices[_random.Next(choices.Length)];
}
