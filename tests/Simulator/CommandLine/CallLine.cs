using System.Globalization;
using QingCloudMySqlStandby.Simulator.Api;

namespace QingCloudMySqlStandby.Simulator.CommandLine;

/// <summary>A call in one line: names and results, no other parameter.</summary>
internal static class CallLine
{
    public static void Write(TextWriter output, Call call)
    {
        // Calls end on several threads at once; a line must not be torn.
        lock (output)
        {
            output.WriteLine(Text(call));
            output.Flush();
        }
    }

    private static string Text(Call call)
    {
        var status = call.Status?.ToString(CultureInfo.InvariantCulture) ?? "none";
        string[] words =
        [
            call.At.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
            call.Method,
            call.Action,
            call.Cluster,
            call.Service,
            call.RetCode is { } code ? $"ret_code={code}" : $"status={status}",
            call.Fault is { } fault ? $"fault={fault.Kind}" : "",
        ];
        return string.Join(' ', words.Where(word => word.Length > 0));
    }
}
