using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Environments;

/// <summary>A provider with a part exchanged, to show that the tests would notice: a broken client, a broken
/// network.</summary>
/// <param name="name">What is wrong with it.</param>
public abstract class ProviderVariant(string name)
{
    public override string ToString() => name;

    internal protected virtual IProvider Provider(IProvider provider, TestEnvironment environment) => provider;

    internal protected virtual IQingCloud Cloud(IQingCloud cloud) => cloud;

    internal protected virtual HttpMessageHandler Network(HttpMessageHandler network) => network;
}
