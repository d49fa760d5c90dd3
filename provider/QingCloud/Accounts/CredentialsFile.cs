using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace QingCloudMySqlStandby.QingCloud.Accounts;

/// <summary>The file that QingCloud's own tools read: keys, zone and address.</summary>
internal sealed class CredentialsFile(IReadOnlyDictionary<string, string> values)
{
    private const int MaxBytes = 64 * 1024;

    public string? AccessKeyId => Value("qy_access_key_id");
    public SecretText? SecretAccessKey => Value("qy_secret_access_key") is { } secret ? new SecretText(secret) : null;
    public string? Zone => Value("zone");

    /// <summary>The address, which the file gives in parts; null when it names no host.</summary>
    public string? Endpoint =>
        Value("host") is { } host
            ? $"{Value("protocol") ?? "https"}://{host}{Port}/{Value("uri")?.TrimStart('/')}"
            : null;

    private string Port => Value("port") is { } number ? ":" + number : "";

    /// <summary>Reads the file; null when there is none.</summary>
    public static CredentialsFile? Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return !file.Exists ? null
                : file.Length <= MaxBytes ? new CredentialsFile(Parse(File.ReadAllText(path)))
                : throw Unreadable(path, "it is too large to be one");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new QingCloudException(
                FailureKind.NoCredentials,
                $"The credentials file {path} cannot be read: {e.Message}",
                null,
                e
            );
        }
        catch (YamlException e)
        {
            // The parser's own message may quote the file.
            throw Unreadable(path, string.Create(CultureInfo.InvariantCulture, $"line {e.Start.Line} is no YAML"));
        }
    }

    private static Dictionary<string, string> Parse(string text)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
            return read;

        parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var name = parser.Consume<Scalar>().Value;
            if (parser.TryConsume<Scalar>(out var value))
                read[name] = value.Value;
            else
                parser.SkipThisAndNestedEvents();
        }

        return read;
    }

    private static QingCloudException Unreadable(string path, string why) =>
        new(
            FailureKind.NoCredentials,
            $"The credentials file {path} cannot be read: {why}. It should hold lines such as `qy_access_key_id: ...`."
        );

    private string? Value(string name) => values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
