using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace QingCloudMySqlStandby.Sdk.Tests.Shapes;

/// <summary>The shape of an SDK's sources. It reads the syntax alone, so that it needs neither the package
/// <c>Pulumi</c> nor a build, and it reads a generated SDK as it reads one that was written by hand.</summary>
internal sealed partial class SourceShape
{
    private const string Namespace = "Pulumi.QingCloudMySqlStandby";

    private readonly SdkShape _shape = new();

    /// <summary>Reads the sources below a directory.</summary>
    public static SdkShape ReadDirectory(string directory) => Read(
        Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(directory, file).Split(Path.DirectorySeparatorChar).Any(
                part => part is "obj" or "bin"))
            .Select(File.ReadAllText));

    public static SdkShape Read(IEnumerable<string> sources)
    {
        var reader = new SourceShape();
        foreach (var source in sources)
        {
            var root = CSharpSyntaxTree.ParseText(
                source, new CSharpParseOptions(LanguageVersion.Latest)).GetCompilationUnitRoot();
            foreach (var type in root.DescendantNodes().OfType<TypeDeclarationSyntax>().Where(IsPublic))
                new TypeReader(type, reader._shape).Read();
        }

        return reader._shape;
    }

    private static bool IsPublic(MemberDeclarationSyntax member) => member.Modifiers.Any(SyntaxKind.PublicKeyword);

    /// <summary>A type as it is written inside the package's namespace.</summary>
    private static string Short(SyntaxNode type) =>
        Qualifier().Replace(type.ToString().Replace("global::", "", StringComparison.Ordinal), "");

    [GeneratedRegex(@"\b(Pulumi\.)?QingCloudMySqlStandby\.|\bPulumi\.")]
    private static partial Regex Qualifier();

    /// <summary>Reads one type.</summary>
    private sealed class TypeReader(TypeDeclarationSyntax type, SdkShape shape)
    {
        private readonly string _name = NameOf(type);
        private readonly string _text = DocumentationText.Of(type);

        private List<PropertyDeclarationSyntax> Properties => [.. type.Members.OfType<PropertyDeclarationSyntax>()];
        private List<FieldDeclarationSyntax> Fields => [.. type.Members.OfType<FieldDeclarationSyntax>()];

        public void Read()
        {
            var bases = type.BaseList is { } list ? $" : {string.Join(", ", list.Types.Select(Short))}" : "";
            shape.Add(_name, $"{Modifiers(type)} {type.Keyword.Text}{bases}{TypeAttributes()}".Trim());
            AddText(_name, _text);
            ReadResource();
            ReadConstructors();
            foreach (var property in Properties.Where(IsPublic))
                ReadProperty(property);

            foreach (var field in Fields.Where(IsPublic))
            {
                var member = $"{_name}.{field.Declaration.Variables.Single().Identifier.Text}";
                shape.Add(member, $"{Modifiers(field)} {Short(field.Declaration.Type)}");
                AddText(member, DocumentationText.Of(field));
            }

            foreach (var method in type.Members.OfType<BaseMethodDeclarationSyntax>().Where(IsPublic))
                ReadMethod(method);
        }

        private string TypeAttributes() =>
            string.Concat(type.AttributeLists.SelectMany(list => list.Attributes).Select(attribute =>
            attribute.Name.ToString().EndsWith("ResourceType", StringComparison.Ordinal)
                ? $" [ResourceType({Text(attribute.ArgumentList!.Arguments[0].Expression)})]"
                : $" [{attribute.Name}]"));

        private void ReadResource()
        {
            var toBase = type.Members.OfType<ConstructorDeclarationSyntax>()
                .Select(constructor => constructor.Initializer).FirstOrDefault(
                    initializer => initializer?.ThisOrBaseKeyword.Text == "base");
            if (toBase is null)
                return;

            shape.Add($"{_name} token", Text(toBase.ArgumentList.Arguments[0].Expression).Trim('"'));
            var secrets = Initialized("AdditionalSecretOutputs").Select(
                name => Text(name).Trim('"')).Order(StringComparer.Ordinal);
            shape.Add($"{_name} secret outputs", string.Join(", ", secrets));
            var aliases = Initialized("Aliases").SelectMany(
                alias => alias.DescendantNodes().OfType<LiteralExpressionSyntax>());
            shape.Add($"{_name} aliases", string.Join(", ", aliases.Select(alias => alias.Token.ValueText)));
        }

        private IEnumerable<ExpressionSyntax> Initialized(string name) =>
            type.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment.Left.ToString() == name)
            .SelectMany(assignment => ((InitializerExpressionSyntax)assignment.Right).Expressions);

        private void ReadConstructors()
        {
            foreach (var constructor in type.Members.OfType<ConstructorDeclarationSyntax>())
            {
                var isReader = constructor.AttributeLists.ToString().Contains(
                    "OutputConstructor", StringComparison.Ordinal);
                if (isReader)
                {
                    var parameters = constructor.ParameterList.Parameters
                        .OrderBy(parameter => parameter.Identifier.Text, StringComparer.Ordinal)
                        .Select(parameter => $"{Short(parameter.Type!)} {parameter.Identifier.Text}");
                    shape.Add($"{_name} reads", string.Join(", ", parameters));
                }
                else if (IsPublic(constructor) && constructor.ParameterList.Parameters.Count > 0)
                {
                    shape.Add($"{_name}..ctor", $"({Parameters(constructor)})");
                }
            }
        }

        private void ReadProperty(PropertyDeclarationSyntax property)
        {
            var name = property.Identifier.Text;
            var member = $"{_name}.{name}";
            if (name == "Empty")
            {
                shape.Add(member, $"new static {Short(property.Type)}");
                return;
            }

            var declared = $"{Modifiers(property)} {Short(property.Type)} {{ {Accessors(property)} }}".TrimStart();
            var meaning = AttributeOf(property) + SecretOf(property) + ConfiguredFrom(name) + DefaultOf(property);
            shape.Add(member, declared + meaning);
            AddText(member, DocumentationText.Of(property));
        }

        /// <summary>An attribute, with a secret's on the field behind the property.</summary>
        private string AttributeOf(PropertyDeclarationSyntax property)
        {
            var backing = "_" + char.ToLowerInvariant(property.Identifier.Text[0]) + property.Identifier.Text[1..];
            var field = Fields.FirstOrDefault(field => field.Declaration.Variables[0].Identifier.Text == backing);
            var attributes = property.AttributeLists.Concat(
                field?.AttributeLists ?? []).SelectMany(list => list.Attributes);
            return string.Concat(attributes.Select(attribute => $" [{attribute}]"));
        }

        private static string SecretOf(PropertyDeclarationSyntax property) =>
            property.AccessorList is { } accessors && accessors.ToString() is var text
            && (text.Contains("CreateSecret(", StringComparison.Ordinal) || text.Contains(
                "AsSecret(", StringComparison.Ordinal))
                ? " secret"
                : "";

        /// <summary>A default, which a generated SDK sets in the constructor.</summary>
        private string DefaultOf(PropertyDeclarationSyntax property)
        {
            var assigned = type.Members.OfType<ConstructorDeclarationSyntax>()
                .Where(constructor => constructor.ParameterList.Parameters.Count == 0)
                .SelectMany(constructor => constructor.DescendantNodes().OfType<AssignmentExpressionSyntax>())
                .FirstOrDefault(assignment => assignment.Left.ToString() == property.Identifier.Text)?.Right;
            return (property.Initializer?.Value ?? assigned) switch
            {
                null => "",
                PostfixUnaryExpressionSyntax => "",
                BaseObjectCreationExpressionSyntax made => $" = new({made.ArgumentList!.Arguments[0]})",
                var value => $" = {Short(value)}",
            };
        }

        /// <summary>For a member of the class Config: the setting that it reads.</summary>
        private string ConfiguredFrom(string name)
        {
            var read = Fields.SelectMany(field => field.DescendantNodes().OfType<InvocationExpressionSyntax>())
                .FirstOrDefault(call => call.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax literal }]
                    && string.Equals(literal.Token.ValueText, name, StringComparison.OrdinalIgnoreCase)
                    && call.Expression is MemberAccessExpressionSyntax);
            if (_name != "Config" || read is null)
                return "";

            var orElse = read.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } binary
                ? $" ?? {Short(binary.Right)}"
                : "";
            return " from "
                + $"{((MemberAccessExpressionSyntax)read.Expression).Name.Identifier.Text}{read.ArgumentList}{orElse}";
        }

        private void ReadMethod(BaseMethodDeclarationSyntax method)
        {
            var modifiers = Modifiers(method);
            switch (method)
            {
                case OperatorDeclarationSyntax op:
                    shape.Add($"{_name}.operator {op.OperatorToken.Text}",
                        $"{modifiers} {Short(op.ReturnType)} ({Parameters(op)})");
                    break;
                case ConversionOperatorDeclarationSyntax conversion:
                    shape.Add(
                        $"{_name}.{conversion.ImplicitOrExplicitKeyword.Text} operator",
                        $"{modifiers} {Short(conversion.Type)} ({Parameters(conversion)})");
                    break;
                case MethodDeclarationSyntax named:
                    ReadMethod(named, modifiers);
                    break;
            }
        }

        private void ReadMethod(MethodDeclarationSyntax method, string modifiers)
        {
            var list = method.ParameterList.Parameters;
            var types = string.Join(", ", list.Select(parameter => Short(parameter.Type!)));
            var names = string.Join(
                ", ", list.Select(parameter => $"{parameter.Identifier.Text} {parameter.Default}".TrimEnd()));
            var invoked = method.DescendantNodes().OfType<InvocationExpressionSyntax>().FirstOrDefault(call =>
                call.Expression is MemberAccessExpressionSyntax { Name: GenericNameSyntax { Identifier.Text: "Invoke" or "InvokeAsync" } });
            var member = method.Identifier.Text == "Get"
                ? $"{_name}.Get"
                : $"{_name}.{method.Identifier.Text}({types})";
            var parameters = method.Identifier.Text == "Get" ? Parameters(method) : names;
            var token = invoked is null ? "" : $" {Text(invoked.ArgumentList.Arguments[0].Expression)}";
            shape.Add(member, $"{modifiers} {Short(method.ReturnType)} ({parameters}){token}".TrimStart());
            AddText(member, DocumentationText.Of(method));
        }

        private void AddText(string member, string text) =>
            shape.AddText(member, Schema.Descriptions.ForCSharp(text == DocumentationText.Inherited ? _text : text));

        /// <summary>A literal, or the constant of the type that an expression names.</summary>
        private string Text(ExpressionSyntax expression) => expression is LiteralExpressionSyntax
            ? expression.ToString()
            : Fields.SelectMany(field => field.Declaration.Variables)
                .Single(variable => variable.Identifier.Text == expression.ToString()).Initializer!.Value.ToString();

        private static string Parameters(BaseMethodDeclarationSyntax method) =>
            string.Join(", ", method.ParameterList.Parameters.Select(Short));

        private static string Modifiers(MemberDeclarationSyntax member) =>
            string.Join(
                ' ', member.Modifiers.Select(modifier => modifier.Text).Where(modifier => modifier != "public"));

        private static string Accessors(PropertyDeclarationSyntax property) =>
            string.Join(' ', (property.AccessorList?.Accessors ?? [])
            .Select(accessor => $"{accessor.Modifiers.ToString()} {accessor.Keyword.Text};".TrimStart()));

        private static string NameOf(TypeDeclarationSyntax type)
        {
            var space = type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().First().Name.ToString();
            return space.StartsWith(Namespace, StringComparison.Ordinal)
                ? $"{space[Namespace.Length..]}.{type.Identifier.Text}".TrimStart('.')
                : throw new InvalidOperationException($"{type.Identifier.Text} is in the namespace {space}.");
        }
    }
}
