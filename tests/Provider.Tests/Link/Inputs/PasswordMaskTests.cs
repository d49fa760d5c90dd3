using QingCloudMySqlStandby.Link.Inputs;

namespace QingCloudMySqlStandby.Link.Inputs;

public sealed class PasswordMaskTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("***")]
    [InlineData("********")]
    [InlineData("xxxxxx")]
    [InlineData("XXXXXXXX")]
    [InlineData("-----")]
    [InlineData("0000")]
    [InlineData("?")]
    [InlineData("\u2022\u2022\u2022\u2022\u2022\u2022")]
    [InlineData("\u25cf\u25cf\u25cf")]
    [InlineData("Pa******")]
    [InlineData("P***3")]
    [InlineData("******23")]
    [InlineData("Paxxxxxx")]
    [InlineData("Pass...")]
    [InlineData("Pass\u2026")]
    [InlineData("<hidden>")]
    [InlineData("[FILTERED]")]
    [InlineData("(redacted)")]
    [InlineData("{{password}}")]
    [InlineData("${PASSWORD}")]
    [InlineData("$PASSWORD")]
    [InlineData("%(password)s")]
    [InlineData("<sensitive>")]
    [InlineData("[secret]")]
    [InlineData("\"<masked>\"")]
    [InlineData("(set)")]
    [InlineData("hidden")]
    [InlineData("Secret")]
    [InlineData("MASKED")]
    [InlineData("REDACTED_PASSWORD")]
    [InlineData("--redacted--")]
    [InlineData("__MASK__")]
    [InlineData("no password")]
    [InlineData("None")]
    [InlineData("null")]
    [InlineData("\u5df2\u9690\u85cf")]
    [InlineData("\u3010\u8131\u654f\u3011")]
    [InlineData("*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19")]
    [InlineData("5d2e19393cc5ef67")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("2jmj7l5rSw0yVb/vlWAYkK/YBwk=")]
    [InlineData("1B2M2Y8AsgTpgAmY7PhCfg==")]
    [InlineData("$2b$12$abcdef")]
    [InlineData("$A$005$abcdef")]
    [InlineData("sha256:abcdef")]
    [InlineData("ENC(abcdef)")]
    [InlineData("(imported: set source.password in the program)")]
    public void A_string_in_place_of_a_password_may_be_a_mask(string shown) => Assert.True(PasswordMask.MayBe(shown));

    [Theory]
    [InlineData("Passwd@123")]
    [InlineData("Passwd@124")]
    [InlineData("hunter2")]
    [InlineData("correct horse battery")]
    [InlineData("Tr0ub4dor&3")]
    [InlineData("a-b_c.d")]
    [InlineData("secret1")]
    [InlineData("p*ssword")]
    [InlineData("12345678")]
    [InlineData("aaab")]
    [InlineData("Xa9-xx-z")]
    public void A_password_is_none(string shown) => Assert.False(PasswordMask.MayBe(shown));

    [Fact]
    public void Only_another_password_is_another_one()
    {
        Assert.True(PasswordMask.IsOther("Passwd@124", "Passwd@123"));
        Assert.False(PasswordMask.IsOther("Passwd@123", "Passwd@123"));
        Assert.False(PasswordMask.IsOther("******", "Passwd@123"));
    }
}
