using System.Globalization;

namespace QingCloudMySqlStandby.Driver.Echo;

/// <summary>What inputs can ask for.</summary>
internal static class Wish
{
    /// <summary>A check failure.</summary>
    public const string Reject = "reject";

    /// <summary>Does what the inputs ask for before the operation answers.</summary>
    public static async Task GrantAsync(
        PropertyMap inputs,
        string urn,
        IEngineLog log,
        Action<string> count,
        CancellationToken cancellationToken
    )
    {
        LogLines(inputs, urn, log);
        if (inputs["error"].Bare is PropertyValue.TextValue code)
            throw new PluginException(Enum.Parse<PluginErrorCode>(code.Value), TextOf(inputs["message"]));
        if (inputs["partial"].Bare is PropertyValue.TextValue id)
            throw new ResourceInitException(id.Value, inputs, inputs, ["It is not ready.", "Run it again."]);
        if (inputs.ContainsKey("crash"))
            throw new InvalidOperationException(TextOf(inputs["crash"]));
        if (inputs.ContainsKey("wait"))
            await WaitAsync(inputs, count, cancellationToken);
    }

    /// <summary>The length of a large answer, where the inputs ask for one.</summary>
    public static int? IsLarge(PropertyMap inputs) =>
        inputs["large"] is PropertyValue.NumberValue length ? (int)length.Value : null;

    private static void LogLines(PropertyMap inputs, string urn, IEngineLog log)
    {
        var lines = inputs["log"] is PropertyValue.NumberValue number ? (int)number.Value : 0;
        for (var i = 0; i < lines; i++)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"line {i}");
            switch (i % 3)
            {
                case 0:
                    log.Info(urn, line);
                    break;
                case 1:
                    log.Status(urn, line);
                    break;
                default:
                    log.Warning(urn, line);
                    break;
            }
        }
    }

    /// <summary>Waits to be cancelled; then it has either begun something ("partial state") or not.</summary>
    private static async Task WaitAsync(PropertyMap inputs, Action<string> count, CancellationToken cancellationToken)
    {
        count("waiting");
        if (TextOf(inputs["wait"]) == "stubbornly")
            await new TaskCompletionSource().Task;

        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException) when (TextOf(inputs["wait"]) == "partial")
        {
            throw new ResourceInitException("echo-partial", inputs, inputs, ["It was cancelled on its way."]);
        }
        finally
        {
            count("cancelled");
        }
    }

    private static string TextOf(PropertyValue value) => value.Bare is PropertyValue.TextValue text ? text.Value : "";
}
