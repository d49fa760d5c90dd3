using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Standby.Functions;

/// <summary>Reads a function's arguments: an id, and the zone where it is not the provider's.</summary>
internal sealed record Arguments(string Zone, string Id)
{
    /// <summary>Where an argument is not known yet, as in the preview of a program that makes it, nothing of the answer
    /// is either.</summary>
    public static InvokeResult? AnswerToUnknown(PropertyMap args, params string[] answers) =>
        args.Values.Any(value => value.HasUnknowns)
            ? new InvokeResult(
                PropertyMap.From(answers.Select(name => KeyValuePair.Create(name, PropertyValue.Unknown))), [])
            : null;

    public static async Task<(Arguments? Read, IReadOnlyList<CheckFailure> Failures)> ReadAsync(
        IQingCloud cloud,
        PropertyMap args,
        string idName,
        Regex idForm,
        string example,
        CancellationToken cancellationToken)
    {
        var zone = StandbyInputs.KnownText(args, Names.Zone) ?? await cloud.DefaultZoneAsync(cancellationToken);
        var id = StandbyInputs.KnownText(args, idName);
        var failures = new List<CheckFailure>();
        if (id is null || !idForm.IsMatch(id))
            failures.Add(new CheckFailure(idName, $"must be an id such as {example}."));

        if (zone is null || !Pattern.Zone().IsMatch(zone))
        {
            failures.Add(new CheckFailure(Names.Zone, "must be a zone such as sh1a; set it here or as the provider's "
                + "zone."));
        }

        foreach (var name in args.Keys.Where(name =>
            name != idName && name != Names.Zone && !name.StartsWith("__", StringComparison.Ordinal)))
        {
            failures.Add(new CheckFailure(name, $"is no argument of this function; there are {idName} and "
                + $"{Names.Zone}."));
        }

        return failures.Count == 0 ? (new Arguments(zone!, id!), failures) : (null, failures);
    }
}
