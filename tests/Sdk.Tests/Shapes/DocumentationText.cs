using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace QingCloudMySqlStandby.Sdk.Tests.Shapes;

/// <summary>The text of a documentation comment's summary.</summary>
internal static class DocumentationText
{
    /// <summary>Stands for the text of the type that the member is in.</summary>
    public const string Inherited = "\0inherited";

    public static string Of(SyntaxNode node)
    {
        var comments = node.GetLeadingTrivia().Where(
            trivia => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia));
        var lines = string.Concat(comments.Select(comment => comment.ToFullString())).Split('\n').Select(WithoutMark);
        var document = XElement.Parse($"<doc>{string.Join('\n', lines)}</doc>");
        return document.Element("inheritdoc")?.Attribute("cref") is not null
            ? Inherited
            : document.Element("summary")?.Value ?? "";
    }

    private static string WithoutMark(string line)
    {
        var text = line.TrimStart();
        text = text.StartsWith("///", StringComparison.Ordinal) ? text[3..] : text;
        return text.StartsWith(' ') ? text[1..] : text;
    }
}
