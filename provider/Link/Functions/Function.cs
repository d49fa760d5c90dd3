using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Link.Functions;

/// <summary>A function of one thing's id, and of its zone where that is not the provider's.</summary>
internal sealed class Function(string idName, Regex idForm, string example, string[] answers)
{
    /// <summary>The names of other arguments that it takes, all of them strings.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public async Task<InvokeResult> AnswerAsync(
        IQingCloud cloud,
        PropertyMap args,
        Func<string, string, Task<PropertyMap>> answer,
        CancellationToken cancellationToken
    )
    {
        // In the preview of a program that makes what it asks about, nothing of the answer is known yet.
        if (args.Values.Any(value => value.HasUnknowns))
        {
            return new InvokeResult(
                answers.Aggregate(PropertyMap.Empty, (map, name) => map.With(name, PropertyValue.Unknown)),
                []
            );
        }

        var zone = StandbyInputs.KnownText(args, Names.Zone) ?? await cloud.DefaultZoneAsync(cancellationToken);
        var id = StandbyInputs.KnownText(args, idName);
        var failures = new List<CheckFailure>();
        if (id is null || !idForm.IsMatch(id))
            failures.Add(new(idName, $"must be an id such as {example}."));
        if (zone is null || !Pattern.Zone().IsMatch(zone))
            failures.Add(new(Names.Zone, "must be a zone such as sh1a; set it here or as the provider's zone."));

        string[] known = [idName, Names.Zone, .. Options];
        failures.AddRange(
            args.Keys.Where(name => !known.Contains(name, StringComparer.Ordinal) && !Names.IsHidden(name))
                .Select(name => new CheckFailure(
                    name,
                    $"is no argument of this function; there are {string.Join(", ", known)}."
                ))
        );
        return new InvokeResult(failures.Count == 0 ? await answer(zone!, id!) : PropertyMap.Empty, failures);
    }
}
