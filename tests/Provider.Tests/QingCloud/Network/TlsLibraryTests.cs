using QingCloudMySqlStandby.QingCloud.Network;

namespace QingCloudMySqlStandby.QingCloud.Network;

public sealed class TlsLibraryTests
{
    [Theory]
    [InlineData("libssl.so.3")]
    [InlineData("libssl.so.1.1")]
    public void Either_version_of_OpenSSL_will_do(string library) =>
        Assert.Null(TlsLibrary.Problem(name => name == library, _ => null));

    [Fact]
    public void Without_OpenSSL_the_problem_names_the_package()
    {
        var problem = TlsLibrary.Problem(_ => false, _ => null);

        Assert.Contains("libssl3", problem, StringComparison.Ordinal);
        Assert.Contains("openssl-libs", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_the_environment_asks_for_will_do_too() =>
        Assert.Null(TlsLibrary.Problem(name => name == "libssl.so.9", _ => "9"));
}
