using Google.Protobuf;

namespace QingCloudMySqlStandby.Plugin.Service;

/// <summary>Writes the answer of GetSchema around the schema's own bytes, without decoding and encoding them.</summary>
internal static class SchemaAnswer
{
    public static ReadOnlyMemory<byte>[] Encode(ReadOnlyMemory<byte> schema)
    {
        var prefix = new byte[1 + CodedOutputStream.ComputeLengthSize(schema.Length)];
        using var output = new CodedOutputStream(prefix);
        output.WriteTag(Protocol.GetSchemaResponse.SchemaFieldNumber, WireFormat.WireType.LengthDelimited);
        output.WriteLength(schema.Length);
        return [prefix, schema];
    }
}
