using QingCloudMySqlStandby.Link.Evidence;

namespace QingCloudMySqlStandby.Link;

public sealed class RequestIdTests
{
    private static readonly ResourceIdentity Resource = ResourceIdentity.Of(Sample.Urn);

    public static TheoryData<int> Purposes => [.. Enum.GetValues<Purpose>().Select(purpose => (int)purpose)];

    [Theory]
    [MemberData(nameof(Purposes))]
    public void What_is_written_is_read(int purpose)
    {
        var id = new RequestId(Resource, (Purpose)purpose);

        Assert.Equal(id, RequestId.Read(id.ForOneCall(new Random(1))));
    }

    /// <summary>Ids are in jobs that have run: a later version must still read them.</summary>
    [Fact]
    public void The_form_is_kept()
    {
        var id = new RequestId(Resource, Purpose.StopToStart).ForOneCall(new Random(1));

        Assert.Matches("^71636d73bdea82[0-9a-f]{2}[89ab][0-9a-f]7e05a598e6f3[0-9a-f]{2}$", id);
        Assert.True(Guid.TryParse(id, out var uuid) && uuid.Version == 8 && uuid.Variant is >= 8 and <= 11);
    }

    [Fact]
    public void Each_call_has_its_own()
    {
        var random = new Random(1);
        var ids = Enumerable.Range(0, 100).Select(_ => new RequestId(Resource, Purpose.Start).ForOneCall(random));

        Assert.Equal(100, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("urn:pulumi:dev::shop::t::orders", true)]
    [InlineData("urn:pulumi:dev::shop::t::other", true)]
    [InlineData("urn:pulumi:prod::shop::t::orders-dr", false)]
    [InlineData("urn:pulumi:dev::other::t::orders-dr", false)]
    public void A_resource_and_its_stack_are_distinguished_from_others(string urn, bool isSameStack)
    {
        var other = ResourceIdentity.Of(urn);

        Assert.NotEqual(Resource.Resource, other.Resource);
        Assert.Equal(isSameStack, Resource.Stack == other.Stack);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("71636d73")]
    [InlineData("3f2b8e0c5d1a4b7f9e6d2c1b0a998877")]
    [InlineData("71636d73e07a8fffb00000000000001f")]
    [InlineData("71636d73e07a41ffb00000000000001f")]
    [InlineData("71636d73e07a82ffb0000000000000zz")]
    public void Anything_else_is_nobodys(string? text) => Assert.Null(RequestId.Read(text));
}
