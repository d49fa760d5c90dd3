using System.Reflection;
using System.Runtime.Loader;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;
using QingCloudMySqlStandby.Sdk.Tests.Mock;

namespace QingCloudMySqlStandby.Sdk.Tests.Generated;

/// <summary>What an SDK's code does: the values of settings and enums, arguments' defaults and secrets, and the options
/// that resources and calls get.</summary>
internal static class DefaultValues
{
    /// <summary>A line for each value.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(string path)
    {
        // In a context of its own, so that no other test has set what is static in the SDK.
        var sdk = new AssemblyLoadContext(path).LoadFromAssemblyPath(path);
        var lines = sdk.GetTypes().SelectMany(Options).ToList();
        // The configuration can only be read in a deployment.
        await Deployment.TestAsync(
            new QingCloudMocks(),
            new TestOptions { IsPreview = false },
            async () =>
            {
                foreach (var type in sdk.GetExportedTypes())
                    await AddPropertiesAsync(lines, type);
            }
        );
        return lines;
    }

    private static async Task AddPropertiesAsync(List<string> lines, Type type)
    {
        var args = type.IsAssignableTo(typeof(InputArgs)) ? Activator.CreateInstance(type) : null;
        var kind = args is null ? BindingFlags.Static : BindingFlags.Static | BindingFlags.Instance;
        foreach (var property in type.GetProperties(kind | BindingFlags.Public))
        {
            lines.Add($"{type}.{property.Name} is {await ShowAsync((dynamic?)property.GetValue(args))}");
            if (property.PropertyType != typeof(Input<string>))
                continue;

            property.SetValue(args, (Input<string>)"text");
            lines.Add($"{type}.{property.Name} becomes {await ShowAsync((dynamic?)property.GetValue(args))}");
        }
    }

    /// <summary>What comes of options that the program leaves out.</summary>
    private static IEnumerable<string> Options(Type type) =>
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where
            method.ReturnType.Name.EndsWith("Options", StringComparison.Ordinal)
            && !method.IsDefined(typeof(ObsoleteAttribute))
        let options = method.Invoke(null, new object?[method.GetParameters().Length])
        from property in method.ReturnType.GetProperties()
        where property.Name != nameof(CustomResourceOptions.Id)
        select $"{type} makes {method.ReturnType} with {property.Name} {Show(property.GetValue(options))}";

    private static async Task<string> ShowAsync<T>(Input<T> input)
    {
        var output = input.ToOutput();
        var secret = await Output.IsSecretAsync(output) ? "secret " : "";
        return $"{secret}{await OutputUtilities.GetValueAsync(output)}";
    }

    private static Task<string> ShowAsync(object? value) => Task.FromResult(Show(value));

    private static string Show(object? value) =>
        value is IEnumerable<object> list ? string.Join(' ', list) : $"{value ?? "null"}";
}
