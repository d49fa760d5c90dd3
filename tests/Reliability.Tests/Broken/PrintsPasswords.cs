using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Reliability.Tests.Broken;

/// <summary>Explains a failed submission with everything that it was made with.</summary>
internal sealed class PrintsPasswords() : ProviderVariant("prints passwords")
{
    protected internal override IQingCloud Cloud(IQingCloud cloud) => new Talkative(cloud);

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
                throw new QingCloudException(
                    error.Kind,
                    $"{error.Message} " + $"({call.Link?.Password.Reveal()})",
                    error.ReturnCode,
                    error
                );
            }
        }
    }
}
