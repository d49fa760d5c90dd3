namespace QingCloudMySqlStandby.Reliability.Tests.Broken;

/// <summary>Sends a change again, unasked, when its answer does not come or is a gateway's.</summary>
internal sealed class RetriesBlindly() : ProviderVariant("retries blindly")
{
    protected internal override HttpMessageHandler Network(HttpMessageHandler network) => new Retrying(network);

    private sealed class Retrying(HttpMessageHandler network) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _network = new(network, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var form = await request.Content!.ReadAsStringAsync(cancellationToken);
            var isChange = form.Contains("action=RunClusterCustomService", StringComparison.Ordinal);
            try
            {
                var answer = await _network.SendAsync(request, cancellationToken);
                return isChange && (int)answer.StatusCode >= 500
                    ? await _network.SendAsync(request, cancellationToken)
                    : answer;
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
