using System.Net;
using System.Text.Json.Nodes;

namespace QingCloudMySqlStandby.Simulator.Tests;

public sealed class RoleTests
{
    private static readonly ApiOptions WithRole = new() { RoleLifetime = TimeSpan.FromHours(1) };

    [Fact]
    public async Task Without_a_role_there_is_no_metadata()
    {
        using var bench = new Bench();
        using var response = await bench.SendAsync(Bench.Metadata());
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Role_credentials_sign_for_iam(string signatureVersion)
    {
        using var bench = new Bench(WithRole);
        var role = await RoleAsync(bench);
        Assert.Equal(bench.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds(), (long)role["expiration"]!);
        Assert.Equal(0, (await IamAsync(bench, role, signatureVersion)).RetCode());
        Assert.Equal(1, bench.Api.Calls.Count(SimulatedApi.MetadataAction));
    }

    [Fact]
    public async Task Role_credentials_need_their_token()
    {
        using var bench = new Bench(WithRole);
        var role = await RoleAsync(bench);
        role["id_token"] = "another";
        Assert.Equal(1200, (await IamAsync(bench, role)).RetCode());
    }

    [Fact]
    public async Task Role_credentials_are_not_for_iaas()
    {
        using var bench = new Bench(WithRole);
        var role = await RoleAsync(bench);
        var key = ("access_key_id", (string)role["access_key"]!);
        Assert.Equal(1200, (await bench.CallAsync("DescribeJobs", key)).RetCode());
    }

    [Fact]
    public async Task Role_credentials_expire_and_are_renewed_before()
    {
        using var bench = new Bench(WithRole);
        var old = await RoleAsync(bench);
        bench.Clock.Advance(TimeSpan.FromMinutes(44));
        Assert.Equal((string)old["access_key"]!, (string)(await RoleAsync(bench))["access_key"]!);
        bench.Clock.Advance(TimeSpan.FromMinutes(2));
        var renewed = await RoleAsync(bench);
        Assert.NotEqual((string)old["access_key"]!, (string)renewed["access_key"]!);
        bench.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(1200, (await IamAsync(bench, old)).RetCode());
        Assert.Equal(0, (await IamAsync(bench, renewed)).RetCode());
    }

    private static async Task<JsonObject> RoleAsync(Bench bench) =>
        Bench.Parse(await bench.TextAsync(Bench.Metadata()));

    private static async Task<JsonObject> IamAsync(Bench bench, JsonObject role, string signatureVersion = "2")
    {
        var parameters = bench.Parameters(
            "DescribeJobs",
            ("access_key_id", (string)role["access_key"]!),
            ("token", (string)role["id_token"]!),
            ("signature_version", signatureVersion)
        );
        var query = Signer.Sign("GET", "/iam/", parameters, (string)role["secret_key"]!);
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Bench.Root, $"/iam/?{query}"));
        return Bench.Parse(await bench.TextAsync(request));
    }
}
