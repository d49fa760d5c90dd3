using System.Text;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Lifecycle;

/// <summary>Keeps what is written, and acts once when a line holds a text.</summary>
internal sealed class WatchedOutput : StringWriter
{
    private string? _awaited;
    private Action _act = () => { };

    public override Encoding Encoding => Encoding.UTF8;

    public void When(string text, Action act) => (_awaited, _act) = (text, act);

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (_awaited is { } awaited && value?.Contains(awaited, StringComparison.Ordinal) == true)
        {
            _awaited = null;
            _act();
        }
    }
}
