using System.Text.Json;
using QingCloudMySqlStandby.QingCloud.Accounts;
using QingCloudMySqlStandby.QingCloud.Calls;

namespace QingCloudMySqlStandby.QingCloud;

public sealed class RequestSignerTests
{
    private static readonly Credentials Keys = new("AK", new SecretText("SK"));
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    [Fact]
    public void The_official_vector_gives_the_official_signature()
    {
        var vector = JsonElement.Parse(
            File.ReadAllText(Path.Join(AppContext.BaseDirectory, "Data", "signature-vector.json"))
        );
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in vector.GetProperty("parameters").EnumerateObject())
            parameters[parameter.Name] = parameter.Value.GetString()!;

        var signed = RequestSigner.Sign(
            parameters,
            new SecretText(vector.GetProperty("secret_access_key").GetString()!),
            vector.GetProperty("method").GetString()!,
            vector.GetProperty("path").GetString()!
        );

        Assert.EndsWith(
            "&signature=" + vector.GetProperty("signature_percent_encoded").GetString(),
            signed.Form,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Values_are_encoded_as_RFC_3986_says_and_not_trimmed()
    {
        var signed = RequestSigner.Sign(
            new ApiCall("A", "z", "s").With("p", " a+b~c*d/é中 "),
            Keys,
            "POST",
            "/iaas/",
            Now
        );

        Assert.Contains("&p=%20a%2Bb~c%2Ad%2F%C3%A9%E4%B8%AD%20&", signed.Form, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stamp_is_whole_seconds_in_UTC_and_expires_follows_it()
    {
        var call = new ApiCall("A", "z", "s") { Validity = TimeSpan.FromSeconds(30) };

        var signed = RequestSigner.Sign(call, Keys, "POST", "/iaas/", Now.ToOffset(TimeSpan.FromHours(8)));

        Assert.Contains("time_stamp=2026-01-02T03%3A04%3A05Z", signed.Form, StringComparison.Ordinal);
        Assert.Contains("expires=2026-01-02T03%3A04%3A35Z", signed.Form, StringComparison.Ordinal);
        Assert.Contains("signature_version=1&", signed.Form, StringComparison.Ordinal);
    }

    [Fact]
    public void A_roles_token_travels_with_signature_version_2()
    {
        var role = new Credentials("AK", new SecretText("SK"), new SecretText("to/ken"));

        var signed = RequestSigner.Sign(new ApiCall("A", "z", "s"), role, "POST", "/iam/", Now);

        Assert.Contains("&signature_version=2&time_stamp=", signed.Form, StringComparison.Ordinal);
        Assert.Contains("&token=to%2Fken&", signed.Form, StringComparison.Ordinal);
    }
}
