using QingCloudMySqlStandby.Engine.State;

namespace QingCloudMySqlStandby.Engine;

/// <summary>A state for people and scripts to read.</summary>
internal static class StateText
{
    /// <summary>Writes the resources and the operations that are pending, a line each.</summary>
    public static void WriteResources(StackState state, TextWriter writer)
    {
        foreach (var resource in state.Resources)
        {
            var marks = string.Join(", ", Marks(resource));
            writer.WriteLine(
                $"{resource.Urn.Type}\t{resource.Urn.Name}\t{resource.Id}{(marks.Length > 0 ? $"\t({marks})" : "")}"
            );
        }

        foreach (var operation in state.PendingOperations)
            writer.WriteLine($"pending\t{operation.Urn.Name}\t{operation.Kind}");
    }

    /// <summary>Writes the stack's outputs as a JSON object.</summary>
    public static void WriteOutputs(StackState state, bool showSecrets, TextWriter writer)
    {
        var outputs = PropertyMap.From(
            state.Outputs.Select(output =>
                KeyValuePair.Create(
                    output.Key,
                    !showSecrets && PropertyValues.ContainsSecrets(output.Value)
                        ? PropertyValue.Of("[secret]")
                        : output.Value
                )
            )
        );
        writer.WriteLine(PropertyJson.WritePlain(PropertyValue.Of(outputs)));
    }

    private static IEnumerable<string> Marks(ResourceState resource) =>
        new[]
        {
            (resource.Protect, "protected"),
            (!resource.InitErrors.IsEmpty, "not ready"),
            (resource.Delete, "to be deleted"),
            (resource.PendingReplacement, "to be replaced"),
        }
            .Where(mark => mark.Item1)
            .Select(mark => mark.Item2);
}
