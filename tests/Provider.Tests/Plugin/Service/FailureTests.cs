using Google.Protobuf;
using Grpc.Core;
using QingCloudMySqlStandby.Plugin.Service;
using QingCloudMySqlStandby.Plugin.Values;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Service;

public sealed class FailureTests
{
    [Fact]
    public void Every_code_of_an_error_has_its_status_by_name()
    {
        foreach (var code in Enum.GetValues<PluginErrorCode>())
        {
            var failure = Failure.Of(new PluginException(code, "what to do"), Same);

            Assert.Equal((code.ToString(), "what to do"), (failure.StatusCode.ToString(), failure.Status.Detail));
            Assert.Empty(failure.Trailers);
        }
    }

    [Fact]
    public void A_partial_state_goes_into_the_details()
    {
        var state = PropertyMap.Empty.With("password", PropertyValue.Of("p").AsSecret());
        var inputs = PropertyMap.Empty.With("host", PropertyValue.Of("h"));

        var failure = Failure.Of(new ResourceInitException("z/cl-1", state, inputs, ["First.", "Second."]), Same);

        var details = Wire.Status.Parser.ParseFrom(failure.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal((2, "First. Second."), (details.Code, details.Message));
        Assert.Equal((StatusCode.Unknown, "First. Second."), (failure.StatusCode, failure.Status.Detail));
        var any = Assert.Single(details.Details);
        Assert.Equal("type.googleapis.com/pulumirpc.ErrorResourceInitFailed", any.TypeUrl);
        var init = any.Unpack<Wire.ErrorResourceInitFailed>();
        Assert.Equal("z/cl-1", init.Id);
        Assert.Equal(["First.", "Second."], init.Reasons);
        Assert.True(init.RefreshBeforeUpdate);
        Assert.Equal(state, StructReader.Read(init.Properties));
        Assert.Equal(inputs, StructReader.Read(init.Inputs));
    }

    [Fact]
    public void What_was_not_expected_asks_for_a_report_and_shows_no_stack()
    {
        var status = Failure.Of(Thrown(new KeyNotFoundException("no such thing")), Same).Status;

        Assert.Equal(StatusCode.Unknown, status.StatusCode);
        Assert.Contains("report", status.Detail, StringComparison.Ordinal);
        Assert.Contains(
            "System.Collections.Generic.KeyNotFoundException: no such thing",
            status.Detail,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("   at ", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_status_stays_as_it_is()
    {
        var status = new RpcException(new Status(StatusCode.Aborted, "as is"));

        Assert.Same(status, Failure.Of(status, Same));
        Assert.Same(status, Assert.Throws<RpcException>(() => Failure.Guard<int>(() => throw status, Same)));
        Assert.Equal(1, Failure.Guard(() => 1, Same));
    }

    private static KeyNotFoundException Thrown(KeyNotFoundException exception)
    {
        try
        {
            throw exception;
        }
        catch (KeyNotFoundException e)
        {
            return e;
        }
    }

    [Fact]
    public void Nothing_that_must_not_be_shown_reaches_the_engine()
    {
        var init = new ResourceInitException("z/cl-1", PropertyMap.Empty, PropertyMap.Empty, ["hush 1", "hush 2"]);
        foreach (
            var error in new Exception[]
            {
                new PluginException(PluginErrorCode.Unknown, "hush"),
                init,
                new InvalidOperationException("hush"),
            }
        )
        {
            var failure = Failure.Of(error, message => message.Replace("hush", "***", StringComparison.Ordinal));

            Assert.DoesNotContain("hush", failure.ToString(), StringComparison.Ordinal);
            Assert.Contains("***", failure.Status.Detail, StringComparison.Ordinal);
            var details = failure.Trailers.GetValueBytes(Failure.DetailsTrailer) ?? [];
            Assert.DoesNotContain("hush", System.Text.Encoding.UTF8.GetString(details), StringComparison.Ordinal);
        }
    }

    private static string Same(string message) => message;
}
