using QingCloudMySqlStandby.Reliability.Tests.Broken;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>The test of the test: providers that are broken on purpose, from the outside, and that the random histories
/// must find out soon. From seed 1 each is caught within 2,600 histories; a search begins nearer where that takes
/// long.</summary>
public sealed class BrokenBuilds(ITestOutputHelper output)
{
    private const int MostHistories = 2_600;

    [Fact]
    public void A_retry_of_an_ambiguous_answer_is_caught() =>
        ExpectCaught(
            seed: 300,
            new RetriesBlindly(),
            "one start per intended start",
            "nothing happened where an error says so"
        );

    [Fact]
    public void A_Create_that_adopts_nothing_is_caught() =>
        ExpectCaught(new AdoptsNothing(), "no start of what was started already", "every run of the program converges");

    [Fact]
    public void A_provider_that_overlooks_failovers_is_caught() =>
        ExpectCaught(new OverlooksFailovers(), "state and cloud agree", "every run of the program converges");

    [Fact]
    public void A_password_in_a_message_is_caught() =>
        ExpectCaught(new PrintsPasswords(), "no secret outside secret fields");

    [Fact]
    public void D1_a_forced_replacement_that_undoes_a_failover_is_caught() =>
        ExpectCaught(new ConsentsItself(), "no failover undone");

    [Fact]
    public void D2_a_takeover_by_a_renamed_resource_is_caught() =>
        ExpectCaught(new TakesOver("dev"), "no link of somebody else taken over");

    [Fact]
    public void D3_a_deletion_that_is_skipped_for_the_resource_itself_is_caught() =>
        ExpectCaught(seed: 1_600, new SkipsDeletions(ofOthers: false), "no link is lost", "state and cloud agree");

    [Fact]
    public void D4_a_deletion_that_is_skipped_for_another_resource_is_caught() =>
        ExpectCaught(new SkipsDeletions(ofOthers: true), "no link is lost", "state and cloud agree");

    [Fact]
    public void D5_an_interrupted_restart_that_is_forgotten_is_caught() =>
        ExpectCaught(
            seed: 300,
            new ForgetsRestarts(killedOnly: false),
            "a restart that was broken off is finished",
            "a partial state names the last job"
        );

    [Fact]
    public void M1_a_replacement_by_itself_that_is_refused_for_ever_is_caught() =>
        ExpectCaught(new RefusesItself(), "every run of the program converges");

    [Fact]
    public void M2_a_killed_restart_that_is_forgotten_is_caught() =>
        ExpectCaught(seed: 2_500, new ForgetsRestarts(killedOnly: true), "a restart that was broken off is finished");

    [Fact]
    public void M4_a_takeover_by_another_stack_is_caught() =>
        ExpectCaught(seed: 100, new TakesOver("prod"), "no link of somebody else taken over");

    private void ExpectCaught(ProviderVariant broken, params string[] promises) =>
        ExpectCaught(seed: 1, broken, promises);

    private void ExpectCaught(ulong seed, ProviderVariant broken, params string[] promises)
    {
        var search = Search.Run(seed, MostHistories, broken);

        output.WriteLine($"{broken}: caught within {search.Summary}");
        Assert.NotEmpty(search.Failures);
        var failure = search.Failures[0];
        output.WriteLine(failure);
        Assert.Contains(promises, promise => failure.Contains(promise, StringComparison.Ordinal));
    }
}
