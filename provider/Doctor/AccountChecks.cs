using QingCloudMySqlStandby.QingCloud.Accounts;
using QingCloudMySqlStandby.QingCloud.Calls;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>What every call rests on: keys, address, clock, method and signature.</summary>
internal static class AccountChecks
{
    /// <summary>Makes the first call; without an answer to that nothing else can be examined.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(
        QingCloudClient client,
        Questions questions,
        CancellationToken cancellationToken
    )
    {
        var credentials = await client.Account.CredentialsAsync(cancellationToken);
        var address = client.Account.Endpoint.AddressFor(credentials);
        var keys = Finding.Ok("credentials", $"from {Wording.Own(PlaceOf(credentials))}");
        try
        {
            await questions.ClustersAsync(id: null, cancellationToken);
        }
        catch (QingCloudException error) when (error.Kind == FailureKind.InvalidRequest)
        {
            const string meaning =
                "Calls do not get through as the provider sends them. Set requestMethod to GET, or "
                + "correct endpoint.";
            return [keys, Finding.Breaks("post", Wording.Of(error), meaning)];
        }

        return
        [
            keys,
            Finding.Ok(
                "endpoint",
                $"{Wording.Own(Where(address))} answers{Wording.Own(address.Scheme == "https" ? ", over TLS" : "")}"
            ),
            Clock(client.Clock),
            Finding.Ok("post", $"a call by POST was answered"),
            Finding.Ok("signature", $"HmacSHA256, version 1, was accepted"),
        ];
    }

    /// <summary>Whether calls were slowed down or refused for the account's rate.</summary>
    public static Finding Rate(Questions questions, IReadOnlyList<string> trouble) =>
        trouble.Any(line => line.Contains("ret_code 2500", StringComparison.Ordinal))
            ? Finding.Differs(
                "call-rate",
                $"calls were refused as too many",
                "Calls wait for their turn. Lower apiCallsPerHour, or have the account's quota raised."
            )
            : Finding.Ok("call-rate", $"of {questions.Asked} calls none was refused as too many");

    /// <summary>A file's path would name its user.</summary>
    private static string PlaceOf(Credentials credentials) =>
        credentials.IsFromFile ? "the credentials file" : credentials.Place;

    /// <summary>A private cloud's address says nothing to anybody else.</summary>
    private static string Where(Uri address) =>
        address.Host == "api.qingcloud.com" ? address.Host
        : address.IsLoopback ? "this machine"
        : "a private address";

    private static Finding Clock(ServerClock clock) =>
        clock.Offset switch
        {
            null => Finding.NotSeen(
                "clock",
                $"answers have no date",
                "A wrong clock of this machine could not be corrected."
            ),
            { } offset when offset.Duration() <= ServerClock.Tolerance => Finding.Ok(
                "clock",
                $"this machine's clock differs by {Wording.Own(Seconds(offset))}"
            ),
            { } offset => Finding.Differs(
                "clock",
                $"this machine's clock differs by {Wording.Own(Seconds(offset))}",
                "Calls are stamped by the server's date instead. Set this machine's clock."
            ),
        };

    /// <summary>An answer's date has whole seconds.</summary>
    private static string Seconds(TimeSpan offset) =>
        Duration.Of(TimeSpan.FromSeconds(Math.Round(offset.Duration().TotalSeconds)));
}
