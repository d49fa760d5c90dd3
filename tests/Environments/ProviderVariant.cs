using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Environments;

/// <summary>A provider with a part exchanged, to show that the tests would notice: a broken client, a broken
/// network.</summary>
/// <param name="name">What is wrong with it.</param>
internal abstract class ProviderVariant(string name)
{
    public override string ToString() => name;

    protected internal virtual IProvider Provider(IProvider provider, TestEnvironment environment) => provider;

    protected internal virtual IQingCloud Cloud(IQingCloud cloud) => cloud;

    protected internal virtual HttpMessageHandler Network(HttpMessageHandler network) => network;
}
