using QingCloudMySqlStandby.Environments;
using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Reliability.Tests;

/// <summary>
/// The test of the test: providers that are broken on purpose, from the outside, and that the random histories must find out soon.
/// </summary>
public sealed class BrokenBuilds(ITestOutputHelper output)
{
    private const int MostHistories = 1000;

    [Fact]
    public void A_retry_of_an_ambiguous_answer_is_caught() =>
        ExpectCaught(new RetriesBlindly(), "one start per intended start", "nothing happened where an error says so");

    [Fact]
    public void A_Create_that_adopts_nothing_is_caught() =>
        ExpectCaught(new AdoptsNothing(), "no start of what was started already", "every run of the program converges");

    [Fact]
    public void A_provider_that_overlooks_failovers_is_caught() =>
        ExpectCaught(new OverlooksFailovers(), "state and cloud agree", "every run of the program converges");

    [Fact]
    public void A_password_in_a_message_is_caught() => ExpectCaught(new TellsPasswords(), "no secret outside secret fields");

    private void ExpectCaught(ProviderVariant broken, params string[] promises)
    {
        var search = Search.Run(seed: 1, MostHistories, broken);

        output.WriteLine($"{broken}: caught within {search.Summary}");
        Assert.NotEmpty(search.Failures);
        var failure = search.Failures.First();
        output.WriteLine(failure);
        Assert.Contains(promises, promise => failure.Contains(promise, StringComparison.Ordinal));
    }

    /// <summary>Sends a change again, unasked, when its answer does not come or is a gateway's.</summary>
    private sealed class RetriesBlindly() : ProviderVariant("retries blindly")
    {
        protected override HttpMessageHandler Network(HttpMessageHandler network) => new Retrying(network);

        private sealed class Retrying(HttpMessageHandler network) : HttpMessageHandler
        {
            private readonly HttpMessageInvoker _network = new(network, disposeHandler: false);

            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var form = await request.Content!.ReadAsStringAsync(cancellationToken);
                var isChange = form.Contains("action=RunClusterCustomService", StringComparison.Ordinal);
                try
                {
                    var answer = await _network.SendAsync(request, cancellationToken);
                    return isChange && (int)answer.StatusCode >= 500 ? await _network.SendAsync(request, cancellationToken) : answer;
                }
                catch (HttpRequestException) when (isChange)
                {
                    return await _network.SendAsync(request, cancellationToken);
                }
            }

            protected override void Dispose(bool disposing)
            {
                _network.Dispose();
                base.Dispose(disposing);
            }
        }
    }

    /// <summary>Sees no past where no state file tells of one: a Create starts whatever there is.</summary>
    private sealed class AdoptsNothing() : ProviderVariant("adopts nothing")
    {
        protected override IQingCloud Cloud(IQingCloud cloud) => new Forgetful(cloud);

        private sealed class Forgetful(IQingCloud cloud) : DecoratedCloud(cloud)
        {
            public override async Task<JobHistory> ReadHistoryAsync(
                string zone, string clusterId, DateTimeOffset? since, Freshness freshness, CancellationToken cancellationToken)
            {
                var history = await base.ReadHistoryAsync(zone, clusterId, since, freshness, cancellationToken);
                return since is null ? history with { Jobs = [] } : history;
            }

            public override Task<SourceTab?> FindSourceTabAsync(
                string zone, Cluster cluster, string role, CancellationToken cancellationToken) => Task.FromResult<SourceTab?>(null);
        }
    }

    /// <summary>Does not see what ends a link.</summary>
    private sealed class OverlooksFailovers() : ProviderVariant("overlooks failovers")
    {
        protected override IQingCloud Cloud(IQingCloud cloud) => new Blind(cloud);

        private sealed class Blind(IQingCloud cloud) : DecoratedCloud(cloud)
        {
            public override async Task<JobHistory> ReadHistoryAsync(
                string zone, string clusterId, DateTimeOffset? since, Freshness freshness, CancellationToken cancellationToken)
            {
                var history = await base.ReadHistoryAsync(zone, clusterId, since, freshness, cancellationToken);
                return history with { Jobs = [.. history.Jobs.Where(job => job.Request?.Service == ServiceNames.StartStandby)] };
            }
        }
    }

    /// <summary>Explains a failed order with everything that it was made with.</summary>
    private sealed class TellsPasswords() : ProviderVariant("tells passwords")
    {
        protected override IQingCloud Cloud(IQingCloud cloud) => new Talkative(cloud);

        private sealed class Talkative(IQingCloud cloud) : DecoratedCloud(cloud)
        {
            public override async Task<SubmittedJob> RunServiceAsync(ServiceCall call, CancellationToken cancellationToken)
            {
                try
                {
                    return await base.RunServiceAsync(call, cancellationToken);
                }
                catch (QingCloudException error)
                {
                    throw new QingCloudException(error.Kind, $"{error.Message} ({call.Link?.Password.Reveal()})", error.ReturnCode, error);
                }
            }
        }
    }
}
