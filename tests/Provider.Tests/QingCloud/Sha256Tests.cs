using System.Security.Cryptography;
using System.Text;

namespace QingCloudMySqlStandby.QingCloud;

public sealed class Sha256Tests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData(
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    )]
    public void The_standards_examples_have_the_standards_hashes(string text, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(Sha256.Of(Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void Hashes_of_every_length_are_those_of_the_library()
    {
        var random = new Random(20260301);
        for (var length = 0; length < 300; length++)
        {
            var (data, key) = (new byte[length], new byte[random.Next(150)]);
            random.NextBytes(data);
            random.NextBytes(key);

            Assert.Equal(SHA256.HashData(data), Sha256.Of(data));
            Assert.Equal(HMACSHA256.HashData(key, data), Sha256.Hmac(key, data));
        }
    }
}
