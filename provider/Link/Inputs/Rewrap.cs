namespace QingCloudMySqlStandby.Link.Inputs;

/// <summary>Changes an object inside the secret and output wrappers that it came in.</summary>
internal static class Rewrap
{
    public static PropertyValue Map(PropertyValue value, Func<PropertyMap, PropertyMap> change) =>
        value switch
        {
            PropertyValue.SecretValue secret => new PropertyValue.SecretValue(Map(secret.Value, change)),
            PropertyValue.OutputValue { Value: { } inner } output => output with { Value = Map(inner, change) },
            PropertyValue.MapValue map => PropertyValue.Of(change(map.Map)),
            _ => value,
        };
}
