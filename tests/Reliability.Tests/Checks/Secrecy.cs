using System.Buffers;
using QingCloudMySqlStandby.Engine.State;
using QingCloudMySqlStandby.Reliability.Tests.Scripts;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Reliability.Tests.Checks;

/// <summary>No password and no key in what the user, a proxy or a reader of the state file gets to see.</summary>
internal sealed class Secrecy(TestEnvironment environment)
{
    private static readonly SearchValues<string> Secrets = SearchValues.Create(
        [Declaration.PasswordMark, ApiOptions.DemoSecretAccessKey],
        StringComparison.Ordinal
    );

    private int _linesRead;
    private int _callsRead;

    public void Check(IEnumerable<ResourceState> links, IEnumerable<Operation> ended)
    {
        var lines = environment.Log.Lines;
        for (; _linesRead < lines.Count; _linesRead++)
            Require(lines[_linesRead], "a line of the log");

        foreach (var call in environment.Api.Calls.Kept.Where(call => call.Number > _callsRead))
        {
            Require(call.Url, "a URL");
            _callsRead = call.Number;
        }

        foreach (var operation in ended)
        {
            for (var error = operation.Error; error is not null; error = error.InnerException)
                Require(error.Message, $"the error of a {operation.Kind}");

            Require(operation.NewState);
        }

        foreach (var resource in links)
        {
            Require(resource.Outputs);
            Require(resource.Inputs);
        }
    }

    private static void Require(PropertyMap? state)
    {
        foreach (var (name, value) in state ?? PropertyMap.Empty)
        {
            if (value.IsSecret)
                continue;

            var shown = value.Bare is PropertyValue.TextValue text ? text.Value : "";
            Require(shown, "what is not marked as a secret:", name);
            Require(value.Bare is PropertyValue.MapValue map ? map.Map : null);
        }
    }

    private static void Require(string text, string where, string name = "")
    {
        if (text.AsSpan().ContainsAny(Secrets))
            throw new ViolationException("no secret outside secret fields", $"{where} {name}");
    }
}
