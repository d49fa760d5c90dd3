using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace QingCloudMySqlStandby.Sdk.Tests.Generated;

/// <summary>An SDK in C# as it was compiled, with the file of its documentation beside it.</summary>
internal static class SdkAssembly
{
    private const string Name = "Pulumi.QingCloudMySqlStandby";

    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != Name)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The SDK of this repository.</summary>
    public static string Own { get; } = Path.Combine(AppContext.BaseDirectory, $"{Name}.dll");

    /// <summary>Compiles what Pulumi generated, after a change of its text, and says where the assembly is.</summary>
    public static string Compile(string folder, Func<string, string> change)
    {
        var sources = Directory
            .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => CSharpSyntaxTree.ParseText(change(File.ReadAllText(file))));
        var compilation = CSharpCompilation.Create(
            Name,
            sources,
            References,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
        );
        var version = new ResourceDescription(
            $"{Name}.version.txt",
            () => File.OpenRead(Path.Combine(folder, "version.txt")),
            isPublic: true
        );
        var path = Path.Combine(folder, $"{Name}.dll");
        var result = compilation.Emit(
            path,
            xmlDocPath: Path.ChangeExtension(path, ".xml"),
            manifestResources: [version]
        );
        Assert.Empty(result.Diagnostics.Where(finding => finding.Severity == DiagnosticSeverity.Error));
        return path;
    }

    /// <summary>The assembly's declarations, with the private ones.</summary>
    public static IAssemblySymbol Read(string path)
    {
        var reference = MetadataReference.CreateFromFile(path);
        var compilation = CSharpCompilation.Create(
            null,
            references: [.. References, reference],
            options: new(OutputKind.DynamicallyLinkedLibrary, metadataImportOptions: MetadataImportOptions.All)
        );
        return (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!;
    }
}
