using QingCloudMySqlStandby.Driver;
using QingCloudMySqlStandby.Driver.Cli;
using QingCloudMySqlStandby.Driver.Published;
using QingCloudMySqlStandby.Driver.Simulation;
using QingCloudMySqlStandby.Plugin;

namespace QingCloudMySqlStandby.EndToEnd.Tests.Lifecycle;

/// <summary>A stack of one link whose plugin is the real process and whose cloud is the simulator.</summary>
internal sealed class LiveStack : IAsyncDisposable, IRunObserver
{
    public const string Name = "orders-dr";
    public const string Password = "Passwd@123 with blanks";

    private readonly StringWriter _output = new();
    private readonly Screen _screen;
    private Action? _act;

    private LiveStack(OrdersCloud cloud)
    {
        Cloud = cloud;
        _screen = new Screen(_output);
        Stack = new Stack(Plugin)
        {
            Configuration = World.Configuration.With("endpoint", cloud.Endpoint.ToString()),
            Observer = this,
        };
        Declare();
    }

    public OrdersCloud Cloud { get; }
    public PublishedPlugin Plugin { get; } = new(Repository.Plugin);
    public Stack Stack { get; }

    /// <summary>The output <c>state</c> of the link.</summary>
    public string? State =>
        Stack.State.Find(Name)?.Outputs["state"] is PropertyValue.TextValue text ? text.Value : null;

    /// <summary>All that was shown, and what the state holds besides its secrets.</summary>
    public string Traces =>
        _output + Screen.Text(PropertyValue.Of(Stack.State.Find(Name)?.Outputs ?? PropertyMap.Empty));

    public static async Task<LiveStack> StartAsync() => new(await OrdersCloud.StartAsync());

    /// <summary>Makes the link the only resource of the program.</summary>
    public void Declare(bool promoted = false)
    {
        var source = ((PropertyValue.MapValue)World.LinkInputs["source"]).Map;
        var secret = PropertyValue.Of(Password).AsSecret();
        var inputs = World.LinkInputs.With("source", PropertyValue.Of(source.With("password", secret)));
        Stack.Program = StackProgram.Of(World.Link(Name, promoted ? inputs.With("promoted", true) : inputs));
    }

    /// <summary>Acts once, when the start's job is first shown.</summary>
    public void WhenStarted(Action act) => _act = act;

    public void Show(StepRecord step) => _screen.Show(step);

    public void Show(Message message)
    {
        _screen.Show(message);
        if (message.Content.StartsWith("start_standby: job", StringComparison.Ordinal))
            Interlocked.Exchange(ref _act, null)?.Invoke();
    }

    public async ValueTask DisposeAsync()
    {
        await Cloud.DisposeAsync();
        await _output.DisposeAsync();
    }
}
