using System.Buffers.Binary;
using System.Numerics;

namespace QingCloudMySqlStandby.QingCloud;

/// <summary>SHA-256, and HMAC by it (FIPS 180-4, RFC 2104). .NET's own calls OpenSSL on Linux, and where that is not
/// installed it ends the process: with this, whatever needs no TLS works without it.</summary>
internal static class Sha256
{
    private const int BlockBytes = 64;
    private const int HashBytes = 32;
    private const int LengthBytes = 8;

    private static readonly uint[] Rounds =
    [
        0x428a2f98,
        0x71374491,
        0xb5c0fbcf,
        0xe9b5dba5,
        0x3956c25b,
        0x59f111f1,
        0x923f82a4,
        0xab1c5ed5,
        0xd807aa98,
        0x12835b01,
        0x243185be,
        0x550c7dc3,
        0x72be5d74,
        0x80deb1fe,
        0x9bdc06a7,
        0xc19bf174,
        0xe49b69c1,
        0xefbe4786,
        0x0fc19dc6,
        0x240ca1cc,
        0x2de92c6f,
        0x4a7484aa,
        0x5cb0a9dc,
        0x76f988da,
        0x983e5152,
        0xa831c66d,
        0xb00327c8,
        0xbf597fc7,
        0xc6e00bf3,
        0xd5a79147,
        0x06ca6351,
        0x14292967,
        0x27b70a85,
        0x2e1b2138,
        0x4d2c6dfc,
        0x53380d13,
        0x650a7354,
        0x766a0abb,
        0x81c2c92e,
        0x92722c85,
        0xa2bfe8a1,
        0xa81a664b,
        0xc24b8b70,
        0xc76c51a3,
        0xd192e819,
        0xd6990624,
        0xf40e3585,
        0x106aa070,
        0x19a4c116,
        0x1e376c08,
        0x2748774c,
        0x34b0bcb5,
        0x391c0cb3,
        0x4ed8aa4a,
        0x5b9cca4f,
        0x682e6ff3,
        0x748f82ee,
        0x78a5636f,
        0x84c87814,
        0x8cc70208,
        0x90befffa,
        0xa4506ceb,
        0xbef9a3f7,
        0xc67178f2,
    ];

    /// <summary>The hash, 32 bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> data)
    {
        uint[] state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
        var padded = new byte[(data.Length + LengthBytes + BlockBytes) / BlockBytes * BlockBytes];
        data.CopyTo(padded);
        padded[data.Length] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(padded.AsSpan(padded.Length - LengthBytes), data.Length * 8L);
        for (var at = 0; at < padded.Length; at += BlockBytes)
            Add(state, padded.AsSpan(at, BlockBytes));

        var hash = new byte[HashBytes];
        for (var index = 0; index < state.Length; index++)
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(sizeof(uint) * index), state[index]);

        return hash;
    }

    /// <summary>The keyed hash, 32 bytes.</summary>
    public static byte[] Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        var block = new byte[BlockBytes];
        if (key.Length > BlockBytes)
            Of(key).CopyTo(block, 0);
        else
            key.CopyTo(block);

        var inner = Of([.. block.Select(value => (byte)(value ^ 0x36)), .. data]);
        return Of([.. block.Select(value => (byte)(value ^ 0x5c)), .. inner]);
    }

    private static void Add(uint[] state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[Rounds.Length];
        for (var index = 0; index < words.Length; index++)
        {
            words[index] =
                index < 16
                    ? BinaryPrimitives.ReadUInt32BigEndian(block[(sizeof(uint) * index)..])
                    : unchecked(
                        words[index - 16]
                        + Small(words[index - 15], 7, 18, 3)
                        + words[index - 7]
                        + Small(words[index - 2], 17, 19, 10)
                    );
        }

        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (var index = 0; index < words.Length; index++)
        {
            var choice = (e & f) ^ (~e & g);
            var majority = (a & b) ^ (a & c) ^ (b & c);
            var first = unchecked(h + Large(e, 6, 11, 25) + choice + Rounds[index] + words[index]);
            var second = unchecked(Large(a, 2, 13, 22) + majority);
            (h, g, f, e) = (g, f, e, unchecked(d + first));
            (d, c, b, a) = (c, b, a, unchecked(first + second));
        }

        ReadOnlySpan<uint> added = [a, b, c, d, e, f, g, h];
        for (var index = 0; index < added.Length; index++)
            state[index] = unchecked(state[index] + added[index]);
    }

    private static uint Large(uint word, int one, int two, int three) =>
        BitOperations.RotateRight(word, one)
        ^ BitOperations.RotateRight(word, two)
        ^ BitOperations.RotateRight(word, three);

    private static uint Small(uint word, int one, int two, int shifted) =>
        BitOperations.RotateRight(word, one) ^ BitOperations.RotateRight(word, two) ^ (word >> shifted);
}
