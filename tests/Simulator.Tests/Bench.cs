using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Driver.Simulation;

namespace QingCloudMySqlStandby.Simulator.Tests;

/// <summary>A cloud with a standby and a source, an API before it, and a client that signs by hand.</summary>
internal sealed class Bench : IDisposable
{
    public const string Standby = "cl-ouhutv70";
    public const string Source = "cl-9np7ig3g";
    public const string Password = "Passwd@123";
    public const string ServiceParams = """
        {"sync_way":"full","zone":"pek3a","host":"192.168.0.232","cluster_id":"cl-9np7ig3g",
        "user":"migrate_user","password":"Passwd@123","port":3306}
        """;

    public const string Caller = "dev/orders-dr#3";

    private readonly HttpMessageInvoker _http;

    public Bench(ApiOptions? options = null)
    {
        Options = options ?? new ApiOptions();
        Cloud = new SimulatedCloud(Clock);
        Cloud.AddCluster(new ClusterSpec(Standby, "sh1a") { Name = "orders-standby" });
        Cloud.AddCluster(new ClusterSpec(Source, "pek3a") { Name = "orders" });
        Api = new SimulatedApi(Cloud, Options);
        _http = new HttpMessageInvoker(new SimulatorHandler(Api, Caller));
    }

    public static Uri Root { get; } = new("http://simulator.invalid");
    public static SourceEndpoint SourceEndpoint { get; } = new(Source, "pek3a");
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ManualTimeProvider Clock { get; } = new();
    public ApiOptions Options { get; }
    public SimulatedCloud Cloud { get; }
    public SimulatedApi Api { get; }

    public static string Stamp(DateTimeOffset moment) =>
        moment.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public static JsonObject Parse(string json) => JsonSerializer.Deserialize<JsonObject>(json)!;

    public static HttpRequestMessage PostForm(string form, Uri? endpoint = null) =>
        new(HttpMethod.Post, endpoint ?? new Uri(Root, "/iaas/"))
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };

    public static HttpRequestMessage Metadata() => new(HttpMethod.Get, new Uri(Root, SimulatedApi.MetadataPath));

    /// <summary>The parameters of a call with all that is common to every call.</summary>
    public Dictionary<string, string> Parameters(string action, params (string Name, string Value)[] own)
    {
        var parameters = new Dictionary<string, string>
        {
            ["action"] = action,
            ["zone"] = "sh1a",
            ["time_stamp"] = Stamp(Clock.GetUtcNow()),
            ["access_key_id"] = Options.AccessKeyId,
            ["version"] = "1",
            ["signature_method"] = "HmacSHA256",
            ["signature_version"] = "1",
        };
        foreach (var (name, value) in own)
            parameters[name] = value;

        return parameters;
    }

    public HttpRequestMessage Post(Dictionary<string, string> parameters, Uri? endpoint = null) =>
        PostForm(
            Signer.Sign("POST", "/iaas/", parameters, Options.SecretAccessKey, parameters["signature_method"]),
            endpoint
        );

    public HttpRequestMessage Get(Dictionary<string, string> parameters) =>
        new(
            HttpMethod.Get,
            new Uri(Root, $"/iaas/?{Signer.Sign("GET", "/iaas/", parameters, Options.SecretAccessKey)}")
        );

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken? cancel = null) =>
        _http.SendAsync(request, cancel ?? Cancel);

    public Task<HttpResponseMessage> PostAsync(string action, CancellationToken? cancel = null) =>
        SendAsync(Post(Parameters(action)), cancel);

    public async Task<string> TextAsync(HttpRequestMessage request)
    {
        using var response = await SendAsync(request);
        return await response.Content.ReadAsStringAsync(Cancel);
    }

    public Task<JsonObject> CallAsync(string action, params (string Name, string Value)[] own) =>
        CallAsync(Parameters(action, own));

    public async Task<JsonObject> CallAsync(Dictionary<string, string> parameters) =>
        Parse(await TextAsync(Post(parameters)));

    public Dictionary<string, string> StartParameters(string serviceParams = ServiceParams) =>
        Parameters(
            "RunClusterCustomService",
            ("cluster", Standby),
            ("role", "maininstance"),
            ("service", "start_standby"),
            ("service_params", serviceParams)
        );

    public Task<JsonObject> StartAsync(string serviceParams = ServiceParams) =>
        CallAsync(StartParameters(serviceParams));

    public Task<JsonObject> ServiceAsync(string service, string cluster = Standby) =>
        CallAsync("RunClusterCustomService", ("cluster", cluster), ("role", "maininstance"), ("service", service));

    /// <summary>The true events of a cluster, without what surrounds them.</summary>
    public IEnumerable<WorldEventKind> Truth(string cluster = Standby) =>
        Cloud
            .World.Where(past => past.ClusterId == cluster)
            .Select(past => past.Kind)
            .Where(kind => kind is not (WorldEventKind.ClusterAdded or WorldEventKind.Submitted));

    public void Pass(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Links the standby to the source and waits until it replicates.</summary>
    public void Link()
    {
        Cloud.StartByConsole(Standby, SourceEndpoint);
        Pass(2);
    }

    public void Dispose() => _http.Dispose();
}

internal static class Answers
{
    public static int RetCode(this JsonObject answer) => (int)answer["ret_code"]!;

    public static string Message(this JsonObject answer) => (string)answer["message"]!;

    public static JsonArray Jobs(this JsonObject answer) => (JsonArray)answer["job_set"]!;

    public static JsonArray Clusters(this JsonObject answer) => (JsonArray)answer["cluster_set"]!;
}
