using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Histories;

/// <summary>What a history is about: a provider's resources, and the cloud in which they are.</summary>
internal interface ISubject : IAsyncDisposable
{
    string Package { get; }
    string Type { get; }
    string PluginDirectory { get; }

    /// <summary>The environment of the engine's commands.</summary>
    IReadOnlyDictionary<string, string?> Environment { get; }

    /// <summary>The properties that a resource is declared with.</summary>
    JsonObject PropertiesOf(IReadOnlyDictionary<string, string> settings);

    /// <summary>Does something in the cloud that no engine knows of.</summary>
    void DoAtConsole(string[] words);

    /// <summary>Makes something go wrong in the next run.</summary>
    void AddFault(string fault);

    /// <summary>Completes when the next run has come to a point.</summary>
    Task WhenAsync(string moment, Interference interference);

    /// <summary>What reached the provider, or its cloud, since this was last asked; faults are forgotten.</summary>
    IReadOnlyList<string> TakeCalls();
}

/// <summary>What somebody does to a run.</summary>
internal enum Interference
{
    /// <summary>Ctrl-C while a call is under way.</summary>
    Interrupt,

    /// <summary>The engine and its plugins are killed before a call has an effect.</summary>
    KillBefore,

    /// <summary>They are killed after it had its effect, and before its answer.</summary>
    KillAfter,
}
