namespace QingCloudMySqlStandby.Engine;

/// <summary>What distinguishes a stack's resources from another's: the project and the stack.</summary>
internal sealed record StackName(string Project, string Stack)
{
    /// <summary>The URN of a resource that has no parent but the stack.</summary>
    /// <param name="type">Its type token.</param>
    /// <param name="name">Its name in the program.</param>
    public Urn UrnOf(string type, string name) => UrnOf(null, type, name);

    /// <summary>The URN of the stack itself.</summary>
    internal Urn Root => UrnOf(Urn.StackType, $"{Project}-{Stack}");

    internal Urn UrnOf(Urn? parent, string type, string name) => Urn.Of(Stack, Project, parent, type, name);
}
