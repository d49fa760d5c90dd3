using System.Reflection;
using System.Text.RegularExpressions;

namespace QingCloudMySqlStandby.Sdk.Tests.WithoutPulumi;

/// <summary>Names the tests that cannot be built here, so that nobody takes them for passed.</summary>
public sealed partial class SkippedTests
{
    public static IEnumerable<ITheoryDataRow> Names()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var source in assembly.GetManifestResourceNames())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(source)!);
            var text = reader.ReadToEnd();
            var type = $"{Namespace().Match(text).Groups[1]}.{TypeName().Match(text).Groups[1]}";
            foreach (Match test in TestName().Matches(text))
            {
                var name = $"{type}.{test.Groups[1].Value}";
                yield return new TheoryDataRow<string>(name)
                {
                    Skip = Repository.WithoutPulumi,
                    TestDisplayName = name,
                };
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Runs_where_Pulumi_restores(string test) => Assert.Fail($"{test} was not skipped.");

    [GeneratedRegex(@"namespace ([\w.]+);")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"public sealed class (\w+)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\[Fact\]\s+public (?:async Task|void) (\w+)\(")]
    private static partial Regex TestName();
}
