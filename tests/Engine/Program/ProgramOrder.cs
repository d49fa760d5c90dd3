namespace QingCloudMySqlStandby.Engine.Program;

/// <summary>Puts names into an order in which each comes after what it refers to, and otherwise as the program has
/// them.</summary>
internal static class ProgramOrder
{
    public static IReadOnlyList<string> Sort(IReadOnlyDictionary<string, IReadOnlyCollection<string>> references)
    {
        var (order, path) = (new List<string>(), new List<string>());
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in references.Keys)
            Visit(name);

        return order;

        void Visit(string name)
        {
            if (path.Contains(name))
            {
                throw new EngineException(
                    "The program goes in a circle: "
                        + $"{string.Join(" -> ", path.SkipWhile(step => step != name).Append(name))}."
                );
            }

            if (done.Contains(name))
                return;

            path.Add(name);
            foreach (var reference in references[name])
            {
                Visit(
                    references.ContainsKey(reference)
                        ? reference
                        : throw new EngineException(
                            $"'{name}' refers to '{reference}', which the program does not have."
                        )
                );
            }

            path.RemoveAt(path.Count - 1);
            done.Add(name);
            order.Add(name);
        }
    }
}
