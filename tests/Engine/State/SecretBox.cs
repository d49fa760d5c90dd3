using System.Security.Cryptography;
using System.Text;

namespace QingCloudMySqlStandby.Engine.State;

/// <summary>Encrypts the secrets of a state file with a passphrase: AES-256-GCM under a key from PBKDF2. The format is
/// this engine's own, and made for tests: nothing else reads it.</summary>
internal sealed class SecretBox
{
    private const int Iterations = 10_000;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const string Known = "passphrase";

    private readonly byte[] _key;

    private SecretBox(byte[] salt, string passphrase)
    {
        Salt = salt;
        _key = Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, Iterations, HashAlgorithmName.SHA256, 32);
    }

    public byte[] Salt { get; }

    /// <summary>Something encrypted that shows whether a passphrase is the right one.</summary>
    public string Proof => Encrypt(Known);

    public static SecretBox Create(string passphrase) => new(RandomNumberGenerator.GetBytes(16), passphrase);

    public static SecretBox Open(byte[] salt, string proof, string passphrase)
    {
        var box = new SecretBox(salt, passphrase);
        return box.Decrypt(proof) == Known ? box : throw WrongPassphrase(null);
    }

    public string Encrypt(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[NonceLength + TagLength + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        var tag = sealedBytes.AsSpan(NonceLength, TagLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, TagLength);
        cipher.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceLength + TagLength), tag);
        return Convert.ToBase64String(sealedBytes);
    }

    public string Decrypt(string sealedText)
    {
        var bytes = Convert.FromBase64String(sealedText).AsSpan();
        var plain = new byte[bytes.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(_key, TagLength);
        try
        {
            cipher.Decrypt(
                bytes[..NonceLength],
                bytes[(NonceLength + TagLength)..],
                bytes.Slice(NonceLength, TagLength),
                plain
            );
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException exception)
        {
            throw WrongPassphrase(exception);
        }
    }

    private static EngineException WrongPassphrase(Exception? cause) =>
        new("The passphrase is not the one that the state was written with: set PULUMI_CONFIG_PASSPHRASE.", cause);
}
