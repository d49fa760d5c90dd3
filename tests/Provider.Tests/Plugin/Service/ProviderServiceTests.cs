using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using QingCloudMySqlStandby.Plugin.Fakes;
using QingCloudMySqlStandby.Plugin.Protocol;
using QingCloudMySqlStandby.Plugin.Values;
using Wire = QingCloudMySqlStandby.Plugin.Protocol;

namespace QingCloudMySqlStandby.Plugin.Service;

[Collection(nameof(Alone))]
public sealed class ProviderServiceTests
{
    private const string Urn = "urn:pulumi:s::p::pkg:index:Thing::n";

    private static readonly PropertyMap Old = PropertyMap.Empty.With("v", PropertyValue.Of("old"));
    private static readonly PropertyMap OldInputs = PropertyMap.Empty.With("v", PropertyValue.Of("old input"));
    private static readonly PropertyMap New = PropertyMap.Empty.With("v", PropertyValue.Of("new").AsSecret());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Handshake_and_configure_agree_on_what_is_accepted()
    {
        await using var plugin = await RunningPlugin.StartAsync(new FakeProvider());

        var handshake = await plugin.Client.HandshakeAsync(new(), cancellationToken: Token);
        var configure = await plugin.Client.ConfigureAsync(new(), cancellationToken: Token);

        Assert.True(handshake is { AcceptSecrets: true, AcceptResources: true, AcceptOutputs: true });
        Assert.True(
            configure is { AcceptSecrets: true, AcceptResources: true, AcceptOutputs: true, SupportsPreview: true }
        );
        Assert.Equal(handshake.SupportsAutonamingConfiguration, configure.SupportsAutonamingConfiguration);
    }

    [Fact]
    public async Task The_provider_reports_its_version_and_schema()
    {
        await using var plugin = await RunningPlugin.StartAsync(new FakeProvider());

        Assert.Equal("1.2.3", (await plugin.Client.GetPluginInfoAsync(new(), cancellationToken: Token)).Version);
        Assert.Equal(
            """{"name":"fake"}""",
            (await plugin.Client.GetSchemaAsync(new(), cancellationToken: Token)).Schema
        );
    }

    [Fact]
    public async Task There_are_no_sub_packages()
    {
        await using var plugin = await RunningPlugin.StartAsync(new FakeProvider());

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            plugin
                .Client.GetSchemaAsync(new GetSchemaRequest { SubpackageName = "sub" }, cancellationToken: Token)
                .ResponseAsync
        );

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
    }

    [Fact]
    public async Task Configure_takes_typed_arguments()
    {
        var provider = new FakeProvider();
        await using var plugin = await RunningPlugin.StartAsync(provider);

        await plugin.Client.ConfigureAsync(
            new Wire.ConfigureRequest { Args = StructWriter.Write(New), Variables = { ["pkg:v"] = "text" } },
            cancellationToken: Token
        );

        Assert.Equal(new ConfigureRequest(New), Assert.Single(provider.Requests));
    }

    [Fact]
    public async Task Configure_takes_the_texts_of_engines_that_send_nothing_else()
    {
        var provider = new FakeProvider();
        await using var plugin = await RunningPlugin.StartAsync(provider);

        await plugin.Client.ConfigureAsync(
            new Wire.ConfigureRequest { Variables = { ["pkg:config:zone"] = "pek3a" } },
            cancellationToken: Token
        );

        Assert.Equal(
            new ConfigureRequest(PropertyMap.Empty.With("zone", PropertyValue.Of("pek3a"))),
            Assert.Single(provider.Requests)
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Check_gives_back_inputs_and_failures(bool isConfig)
    {
        var provider = new FakeProvider { Check = r => new CheckResult(r.News, [new("source.port", "is no port")]) };
        await using var plugin = await RunningPlugin.StartAsync(provider);
        var request = new Wire.CheckRequest
        {
            Urn = Urn,
            Olds = StructWriter.Write(Old),
            News = StructWriter.Write(New),
        };

        var answer = isConfig
            ? await plugin.Client.CheckConfigAsync(request, cancellationToken: Token)
            : await plugin.Client.CheckAsync(request, cancellationToken: Token);

        Assert.Equal(New, StructReader.Read(answer.Inputs));
        Assert.Equal(("source.port", "is no port"), (answer.Failures[0].Property, answer.Failures[0].Reason));
        Assert.Equal(new CheckRequest(Urn, "pkg:index:Thing", Old, New), Assert.Single(provider.Requests));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Diff_gets_both_old_sides_and_ignores_what_the_user_ignores(bool isConfig)
    {
        var provider = new FakeProvider
        {
            Diff = _ => new DiffResult(
                new Dictionary<string, PropertyChange>
                {
                    ["v"] = new(ChangeKind.Update),
                    ["w.x"] = new(ChangeKind.Add, Replace: true),
                }
            ),
        };
        await using var plugin = await RunningPlugin.StartAsync(provider);
        var request = new Wire.DiffRequest
        {
            Id = "i",
            Urn = Urn,
            Type = "pkg:index:Named",
            Olds = StructWriter.Write(Old),
            OldInputs = StructWriter.Write(OldInputs),
            News = StructWriter.Write(New),
            IgnoreChanges = { "w" },
        };

        var answer = isConfig
            ? await plugin.Client.DiffConfigAsync(request, cancellationToken: Token)
            : await plugin.Client.DiffAsync(request, cancellationToken: Token);

        Assert.Equal(["v"], answer.Diffs);
        Assert.Empty(answer.Replaces);
        var diff = Assert.IsType<DiffRequest>(Assert.Single(provider.Requests));
        Assert.Equal(
            ("i", "pkg:index:Named", Old, OldInputs, New),
            (diff.Id, diff.Type, diff.OldState, diff.OldInputs, diff.NewInputs)
        );
        Assert.Equal(["w"], diff.IgnoreChanges);
    }

    [Fact]
    public async Task Create_gives_id_and_state()
    {
        var provider = new FakeProvider();
        await using var plugin = await RunningPlugin.StartAsync(provider);

        var answer = await plugin.Client.CreateAsync(
            new Wire.CreateRequest
            {
                Urn = Urn,
                Properties = StructWriter.Write(New),
                Timeout = 90,
                Preview = true,
            },
            cancellationToken: Token
        );

        Assert.Equal("id-1", answer.Id);
        Assert.Equal(New, StructReader.Read(answer.Properties));
        Assert.Equal(
            new CreateRequest(Urn, "pkg:index:Thing", New, TimeSpan.FromSeconds(90), Preview: true),
            Assert.Single(provider.Requests)
        );
    }

    [Fact]
    public async Task Read_gives_id_state_and_inputs()
    {
        var provider = new FakeProvider();
        await using var plugin = await RunningPlugin.StartAsync(provider);

        var answer = await plugin.Client.ReadAsync(
            new Wire.ReadRequest
            {
                Id = "i",
                Urn = Urn,
                Properties = StructWriter.Write(Old),
                Inputs = StructWriter.Write(OldInputs),
            },
            cancellationToken: Token
        );

        Assert.Equal(
            ("i", Old, OldInputs),
            (answer.Id, StructReader.Read(answer.Properties), StructReader.Read(answer.Inputs))
        );
        Assert.Equal(
            new ReadRequest("i", Urn, "pkg:index:Thing", Old, OldInputs, Timeout: null),
            Assert.Single(provider.Requests)
        );
    }

    [Fact]
    public async Task Reading_what_is_gone_gives_no_id()
    {
        await using var plugin = await RunningPlugin.StartAsync(new FakeProvider { Read = _ => null });

        var answer = await plugin.Client.ReadAsync(new() { Id = "i" }, cancellationToken: Token);

        Assert.Equal(new ReadResponse(), answer);
    }

    [Fact]
    public async Task Update_gives_the_new_state()
    {
        var provider = new FakeProvider();
        await using var plugin = await RunningPlugin.StartAsync(provider);

        var answer = await plugin.Client.UpdateAsync(
            new Wire.UpdateRequest
            {
                Id = "i",
                Urn = Urn,
                Olds = StructWriter.Write(Old),
                OldInputs = StructWriter.Write(OldInputs),
                News = StructWriter.Write(New),
                Timeout = double.NaN,
            },
            cancellationToken: Token
        );

        Assert.Equal(New, StructReader.Read(answer.Properties));
        Assert.Equal(
            new UpdateRequest("i", Urn, "pkg:index:Thing", Old, OldInputs, New, Timeout: null, Preview: false),
            Assert.Single(provider.Requests)
        );
    }

    [Fact]
    public async Task Delete_reaches_the_provider()
    {
        var provider = new FakeProvider();
        await using var plugin = await RunningPlugin.StartAsync(provider);

        await plugin.Client.DeleteAsync(
            new Wire.DeleteRequest
            {
                Id = "i",
                Urn = Urn,
                Properties = StructWriter.Write(Old),
                OldInputs = StructWriter.Write(OldInputs),
            },
            cancellationToken: Token
        );

        Assert.Equal(
            new DeleteRequest("i", Urn, "pkg:index:Thing", Old, OldInputs, Timeout: null),
            Assert.Single(provider.Requests)
        );
    }

    [Fact]
    public async Task Invoke_gives_values_and_failures()
    {
        var provider = new FakeProvider { Invoke = r => new InvokeResult(r.Args, [new("id", "is missing")]) };
        await using var plugin = await RunningPlugin.StartAsync(provider);

        var answer = await plugin.Client.InvokeAsync(
            new Wire.InvokeRequest { Tok = "pkg:index:get", Args = StructWriter.Write(New) },
            cancellationToken: Token
        );

        Assert.Equal(New, StructReader.Read(answer.Return));
        Assert.Equal("id", Assert.Single(answer.Failures).Property);
        Assert.Equal(new InvokeRequest("pkg:index:get", New), Assert.Single(provider.Requests));
    }

    [Fact]
    public async Task List_streams_resources_and_where_to_go_on()
    {
        var provider = new FakeProvider
        {
            List = (_, _) =>
                new ListedResource[] { new("a", "A"), new("b", ""), new("", "", "page-2") }.ToAsyncEnumerable(),
        };
        await using var plugin = await RunningPlugin.StartAsync(provider);

        var answers = await ListAsync(
            plugin,
            new Wire.ListRequest
            {
                Token = "pkg:index:Thing",
                Query = StructWriter.Write(Old),
                Limit = 7,
                PageSize = 3,
                ContinuationToken = "page-1",
            }
        );

        Assert.Equal(
            [("a", "A"), ("b", "")],
            answers.Where(a => a.Result is not null).Select(a => (a.Result.Id, a.Result.Name))
        );
        Assert.Equal("page-2", answers[^1].Continuation.ContinuationToken);
        Assert.Equal(new ListRequest("pkg:index:Thing", Old, 7, 3, "page-1"), Assert.Single(provider.Requests));
    }

    [Fact]
    public async Task A_list_of_what_is_not_known_yet_says_so()
    {
        var provider = new FakeProvider();
        await using var plugin = await RunningPlugin.StartAsync(provider);

        var answers = await ListAsync(
            plugin,
            new Wire.ListRequest { Query = StructWriter.Write(Old.With("v", PropertyValue.Unknown)) }
        );

        Assert.NotNull(Assert.Single(answers).Computed);
        Assert.Empty(provider.Requests);
    }

    [Fact]
    public async Task A_list_that_fails_reports_why_after_what_it_found()
    {
        var provider = new FakeProvider { List = (_, _) => FailingList() };
        await using var plugin = await RunningPlugin.StartAsync(provider);
        var found = new List<string>();

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            using var list = plugin.Client.List(new(), cancellationToken: Token);
            await foreach (var answer in list.ResponseStream.ReadAllAsync(Token))
                found.Add(answer.Result.Id);
        });

        Assert.Equal(["a"], found);
        Assert.Equal((StatusCode.Unavailable, "later"), (error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public async Task An_operation_that_fails_reports_its_status_and_details()
    {
        var provider = new FakeProvider
        {
            Create = (_, _) => throw new ResourceInitException("z/cl-1", Old, New, ["Not ready."]),
        };
        await using var plugin = await RunningPlugin.StartAsync(provider);

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            plugin.Client.CreateAsync(new(), cancellationToken: Token).ResponseAsync
        );

        Assert.Equal((StatusCode.Unknown, "Not ready."), (error.StatusCode, error.Status.Detail));
        var details = Wire.Status.Parser.ParseFrom(error.Trailers.GetValueBytes("grpc-status-details-bin"));
        var detail = details.Details[0].Unpack<ErrorResourceInitFailed>();
        Assert.Equal("z/cl-1", detail.Id);
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(45, true)]
    public async Task The_deepest_values_that_are_read_pass_both_ways(int depth, bool isList)
    {
        await using var plugin = await RunningPlugin.StartAsync(new FakeProvider());
        var value = Value.ForString("core");
        for (var i = 0; i < depth; i++)
            value = isList ? Value.ForList(value) : Value.ForStruct(new Struct { Fields = { ["a"] = value } });

        var request = new Wire.CreateRequest { Properties = new Struct { Fields = { ["x"] = value } } };

        Assert.Equal(
            request.Properties,
            (await plugin.Client.CreateAsync(request, cancellationToken: Token)).Properties
        );
    }

    [Fact]
    public async Task A_malformed_value_is_an_invalid_argument_and_reaches_no_provider()
    {
        var provider = new FakeProvider();
        await using var plugin = await RunningPlugin.StartAsync(provider);
        var secretOfNothing = Struct.Parser.ParseJson(
            """{"x":{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270"}}"""
        );

        var create = await Assert.ThrowsAsync<RpcException>(() =>
            plugin.Client.CreateAsync(new() { Properties = secretOfNothing }, cancellationToken: Token).ResponseAsync
        );
        var list = await Assert.ThrowsAsync<RpcException>(() => ListAsync(plugin, new() { Query = secretOfNothing }));

        Assert.Equal((StatusCode.InvalidArgument, StatusCode.InvalidArgument), (create.StatusCode, list.StatusCode));
        Assert.Empty(provider.Requests);
    }

    [Fact]
    public async Task A_provider_that_cannot_be_made_fails_each_call_and_not_the_process()
    {
        await using var plugin = await RunningPlugin.StartAsync(
            _ => throw new NotSupportedException("cannot"),
            stdin: null
        );

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var error = await Assert.ThrowsAsync<RpcException>(() =>
                plugin.Client.GetSchemaAsync(new(), cancellationToken: Token).ResponseAsync
            );
            Assert.Contains("System.NotSupportedException: cannot", error.Status.Detail, StringComparison.Ordinal);
        }

        await plugin.Client.HandshakeAsync(new(), cancellationToken: Token);
    }

    [Theory]
    [InlineData("Construct")]
    [InlineData("Call")]
    [InlineData("Parameterize")]
    [InlineData("GetMapping")]
    [InlineData("GetMappings")]
    [InlineData("")]
    public async Task What_is_not_offered_is_unimplemented(string name)
    {
        await using var plugin = await RunningPlugin.StartAsync(new FakeProvider());
        var bytes = Marshallers.Create<byte[]>(message => message, message => message);
        var method = new Method<byte[], byte[]>(MethodType.Unary, "pulumirpc.ResourceProvider", name, bytes, bytes);

        var error = await Assert.ThrowsAsync<RpcException>(() =>
            plugin.Invoker.AsyncUnaryCall(method, null, new CallOptions(cancellationToken: Token), []).ResponseAsync
        );

        Assert.Equal(StatusCode.Unimplemented, error.StatusCode);
    }

    private static async IAsyncEnumerable<ListedResource> FailingList()
    {
        yield return new ListedResource("a", "A");
        await Task.Yield();
        throw new PluginException(PluginErrorCode.Unavailable, "later");
    }

    private static async Task<List<Wire.ListResponse>> ListAsync(RunningPlugin plugin, Wire.ListRequest request)
    {
        using var list = plugin.Client.List(request, cancellationToken: Token);
        return await list.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);
    }
}
