using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

// Lets ReadyToRun compile what it would leave to the JIT: AllowPrecompile <directory of trimmed assemblies>.
// .NET marks a few methods AggressiveOptimization, the continuation of every await and Kestrel's request headers among them.
// ReadyToRun does not compile those, and the plugin's first answer waits while they are compiled instead. Without the mark they
// start precompiled and are optimized once they are hot, like all others. Native AOT ignores the mark as well.
if (args is not [var directory])
{
    Console.Error.WriteLine("usage: AllowPrecompile <directory of assemblies>");
    return 2;
}

foreach (var file in Directory.EnumerateFiles(directory, "*.dll"))
{
    Unmark(file);
}

return 0;

static void Unmark(string file)
{
    var image = File.ReadAllBytes(file);
    using var reader = new PEReader(new MemoryStream(image));
    if (!reader.HasMetadata)
    {
        return;
    }

    var metadata = reader.GetMetadataReader();
    var marked = metadata.MethodDefinitions.Where(method => IsMarked(metadata, method)).ToList();
    foreach (var method in marked)
    {
        var flags = image.AsSpan(reader.PEHeaders.MetadataStartOffset + FlagsOffset(metadata, method), sizeof(ushort));
        BinaryPrimitives.WriteUInt16LittleEndian(
            flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) & ~(int)MethodImplAttributes.AggressiveOptimization));
    }

    if (marked.Count > 0)
    {
        File.WriteAllBytes(file, image);
    }
}

static bool IsMarked(MetadataReader metadata, MethodDefinitionHandle method) =>
    metadata.GetMethodDefinition(method).ImplAttributes.HasFlag(MethodImplAttributes.AggressiveOptimization);

// ECMA-335 II.22.26: a row of the method table begins with the four bytes of RVA, then come the two of ImplFlags.
static int FlagsOffset(MetadataReader metadata, MethodDefinitionHandle method) =>
    metadata.GetTableMetadataOffset(TableIndex.MethodDef)
    + ((MetadataTokens.GetRowNumber(method) - 1) * metadata.GetTableRowSize(TableIndex.MethodDef))
    + sizeof(uint);
