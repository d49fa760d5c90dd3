using Microsoft.CodeAnalysis;
using static Microsoft.CodeAnalysis.SymbolDisplayMiscellaneousOptions;

namespace QingCloudMySqlStandby.Sdk.Tests.Generated;

/// <summary>What an SDK declares for programs and for Pulumi's serializer: types, members, attributes.</summary>
internal static class Declarations
{
    private static readonly SymbolDisplayFormat Format = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: (SymbolDisplayGenericsOptions)~0,
        memberOptions: (SymbolDisplayMemberOptions)~0,
        parameterOptions: (SymbolDisplayParameterOptions)~0,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        kindOptions: (SymbolDisplayKindOptions)~0,
        miscellaneousOptions: UseSpecialTypes | IncludeNullableReferenceTypeModifier
    );

    /// <summary>A line for each declaration, and for each attribute of one.</summary>
    public static IEnumerable<string> Lines(IAssemblySymbol sdk) =>
        Symbols(sdk.GlobalNamespace)
            .SelectMany(symbol =>
                Attributes(symbol)
                    .Select(attribute => $"{symbol.ToDisplayString(Format)}: {attribute}")
                    .Prepend(Line(symbol))
            );

    private static IEnumerable<ISymbol> Symbols(INamespaceOrTypeSymbol outer) =>
        outer
            .GetMembers()
            .Where(IsSeen)
            .SelectMany(member => member is INamespaceOrTypeSymbol inner ? Symbols(inner).Prepend(inner) : [member]);

    /// <summary>What is public or protected, and private members that the serializer finds by an attribute.</summary>
    private static bool IsSeen(ISymbol symbol) =>
        symbol is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet }
        && (
            symbol.DeclaredAccessibility
                is Accessibility.Public
                    or Accessibility.Protected
                    or Accessibility.ProtectedOrInternal
            || (symbol is not INamedTypeSymbol && Attributes(symbol).Any())
        );

    private static string Line(ISymbol symbol) =>
        symbol is not INamedTypeSymbol type
            ? symbol.ToDisplayString(Format)
            : $"{type.ToDisplayString(Format)} sealed {type.IsSealed} static {type.IsStatic} abstract {type.IsAbstract} : "
                + string.Join(", ", type.Interfaces.Prepend(type.BaseType));

    /// <summary>Every attribute that the compiler did not write by itself.</summary>
    private static IEnumerable<string> Attributes(ISymbol symbol) =>
        symbol
            .GetAttributes()
            .Where(attribute =>
                attribute.AttributeClass!.ContainingNamespace.ToString()
                    is not ("System.Runtime.CompilerServices" or "System.Diagnostics")
            )
            .Select(attribute => attribute.ToString()!);
}
