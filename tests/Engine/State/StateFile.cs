using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Engine.State;

/// <summary>
/// Keeps a stack's state in a JSON file. The format is this engine's own, not Pulumi's; secrets in it are encrypted with the
/// stack's passphrase. A file is written beside the old one and then put in its place: a crash leaves one or the other.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private const int Format = 1;
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, MaxDepth = 1000 };

    private readonly string _path;
    private readonly SecretBox _secrets;

    private StateFile(string path, SecretBox secrets, StackState state)
    {
        _path = path;
        _secrets = secrets;
        State = state;
    }

    /// <summary>The state as it was when the file was opened.</summary>
    public StackState State { get; }

    public static StateFile Open(string path, string passphrase)
    {
        if (!File.Exists(path))
        {
            return new StateFile(path, SecretBox.Create(passphrase), StackState.Empty);
        }

        var json = JsonNode.Parse(File.ReadAllText(path), null, new JsonDocumentOptions { MaxDepth = 1000 })!.AsObject();
        if ((int?)json["format"] != Format)
        {
            throw new EngineException($"{path} is no state of this engine.");
        }

        var header = json["secrets"]!;
        var secrets = SecretBox.Open(Convert.FromBase64String((string)header["salt"]!), (string)header["proof"]!, passphrase);
        return new StateFile(path, secrets, Read(json, secrets));
    }

    public void Save(StackState state)
    {
        var json = new JsonObject
        {
            ["format"] = Format,
            ["secrets"] = new JsonObject { ["salt"] = Convert.ToBase64String(_secrets.Salt), ["proof"] = _secrets.Proof },
            ["resources"] = new JsonArray([.. state.Resources.Select(resource => ResourceJson.Write(resource, _secrets))]),
            ["pendingOperations"] = new JsonArray([.. state.PendingOperations.Select(WriteOperation)]),
            ["outputs"] = PropertyJson.Write(state.Outputs, _secrets),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        var draft = _path + ".new";
        File.WriteAllText(draft, json.ToJsonString(Options) + "\n");
        File.Move(draft, _path, overwrite: true);
    }

    public void Dispose() => _secrets.Dispose();

    private static StackState Read(JsonObject json, SecretBox secrets) => new(
        [.. json["resources"]!.AsArray().Select(resource => ResourceJson.Read(resource!.AsObject(), secrets))],
        [.. json["pendingOperations"]!.AsArray().Select(ReadOperation)],
        PropertyJson.Read(json["outputs"], secrets));

    private static JsonObject WriteOperation(PendingOperation operation) =>
        new() { ["urn"] = operation.Urn.Value, ["kind"] = operation.Kind };

    private static PendingOperation ReadOperation(JsonNode? json) => new(new Urn((string)json!["urn"]!), (string)json["kind"]!);
}
