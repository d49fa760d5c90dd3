using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace QingCloudMySqlStandby.QingCloud.Accounts;

/// <summary>The file that QingCloud's own tools read: keys, zone and address. It is YAML (<c>config.yaml</c> of the SDKs)
/// or has sections (<c>config</c> of the newer command line, of which <c>[default]</c> counts).</summary>
internal sealed class CredentialsFile(IReadOnlyDictionary<string, string> values)
{
    private const int MaxBytes = 64 * 1024;
    private const string DefaultSection = "default";

    /// <summary>Whether nothing could be read from it: it is empty, or no regular file.</summary>
    public bool IsEmpty => values.Count == 0;

    public string? AccessKeyId => Value("qy_access_key_id") ?? Value("access_key_id");

    public SecretText? SecretAccessKey =>
        (Value("qy_secret_access_key") ?? Value("secret_access_key")) is { } secret ? new SecretText(secret) : null;

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
            return TextOf(path) is { } text
                ? new CredentialsFile(HasSections(text) ? Sections(text) : Yaml(text))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new QingCloudException(
                FailureKind.NoCredentials,
                $"The credentials file {path} cannot be read: {e.Message}"
            );
        }
        catch (YamlException e)
        {
            // The parser's own message may quote the file.
            throw Unreadable(path, string.Create(CultureInfo.InvariantCulture, $"line {e.Start.Line} is no YAML"));
        }
    }

    /// <summary>The file's text; null when there is none. A pipe or a device has no length, and is not opened: that would
    /// wait for whoever writes to the pipe, and to read a device may not end.</summary>
    private static string? TextOf(string path)
    {
        if (Directory.Exists(path))
            throw Unreadable(path, "it is a folder");

        var link = new FileInfo(path);
        if (!link.Exists)
            return null;

        var file = link.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? link;
        if (!file.Exists)
            throw Unreadable(path, "it leads to what is no file: a pipe, a socket, or nothing at all");
        if (file.Length > MaxBytes)
            throw Unreadable(path, "it is too large to be one");
        if (file.Length == 0)
            return "";

        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read);
        var bytes = new byte[MaxBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MaxBytes
            ? new StreamReader(new MemoryStream(bytes, 0, length), Encoding.UTF8).ReadToEnd()
            : throw Unreadable(path, "it is too large to be one");
    }

    private static bool HasSections(string text) =>
        text.Split('\n')
            .Select(line => line.Trim())
            .FirstOrDefault(line => line.Length > 0 && line[0] is not ('#' or ';'))
            is ['[', .. var name, ']']
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ' ');

    private static Dictionary<string, string> Sections(string text)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        var section = "";
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            if (line is ['[', .. var name, ']'])
                section = name.Trim();
            else if (
                section == DefaultSection
                && line[0] is not ('#' or ';')
                && line.Split('=', 2) is [var key, var value]
            )
                read[key.Trim()] = value.Trim();
        }

        return read;
    }

    private static Dictionary<string, string> Yaml(string text)
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
