using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using QingCloudMySqlStandby.Benchmarks.Report;
using QingCloudMySqlStandby.QingCloud;
using QingCloudMySqlStandby.QingCloud.Accounts;
using QingCloudMySqlStandby.QingCloud.Calls;
using QingCloudMySqlStandby.QingCloud.Responses;
using QingCloudMySqlStandby.QingCloud.Services;

namespace QingCloudMySqlStandby.Benchmarks.Parts;

/// <summary>What one call costs besides the network.</summary>
public class SigningAndParsing
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private readonly Credentials _credentials = new("AKEXAMPLE", new SecretText("secret"));
    private readonly ApiCall _start = new ApiCall("RunClusterCustomService", "sh1a", "start_standby")
        .With("cluster", "cl-ouhutv70")
        .With("role", "maininstance")
        .With("service", "start_standby")
        .With(
            "service_params",
            ServiceParameters.Write(
                new LinkParameters(
                    "full",
                    "pek3a",
                    "cl-9np7ig3g",
                    "192.168.0.232",
                    3306,
                    "migrate_user",
                    new SecretText("Passwd@123")
                )
            )
        );

    private readonly ApiCall _jobs = new ApiCall("DescribeJobs", "sh1a", "100 jobs").WithList(
        "jobs",
        Enumerable.Range(0, 100).Select(job => string.Create(CultureInfo.InvariantCulture, $"j-{job:d11}"))
    );

    private readonly ApiAnswer _started = new(
        HttpStatusCode.OK,
        "\"{u'job_id': u'j-pfiu9d1waxq', u'service': u'start_standby', u'ret_code': 0, u'role': u'maininstance', "
            + "u'action': u'RunClusterCustomServiceResponse', u'cluster_id': u'cl-ouhutv70'}\"",
        Now
    );

    private readonly ApiAnswer _listed = new(HttpStatusCode.OK, Listed(), Now);

    internal static IEnumerable<Table> Run() =>
        [Microbenchmarks.Run<SigningAndParsing>("Signing and parsing, per " + "call")];

    [Benchmark(Description = "sign start_standby")]
    public object SignStart() => RequestSigner.Sign(_start, _credentials, "POST", "/iaas/", Now);

    [Benchmark(Description = "sign DescribeJobs of 100 ids")]
    public object SignJobs() => RequestSigner.Sign(_jobs, _credentials, "POST", "/iaas/", Now);

    [Benchmark(Description = "parse start_standby's answer (Python literal)")]
    public object ParseStart() => ResponseParser.Parse(_start, _started, keys: "");

    [Benchmark(Description = "parse and read DescribeJobs' answer of 100 jobs")]
    public object ParseJobs() =>
        ResponseParser.Parse(_jobs, _listed, keys: "").Items("job_set").Select(JobReader.Read).Count();

    private static string Listed()
    {
        const string Parameters = """
            {"sync_way":"full","zone":"pek3a","host":"192.168.0.232","cluster_id":"cl-9np7ig3g",
             "user":"migrate_user","password":"Passwd@123","port":3306}
            """;
        var directive = new JsonObject
        {
            ["service"] = "start_standby",
            ["cluster"] = "cl-ouhutv70",
            ["zone"] = "sh1a",
            ["service_params"] = Parameters,
        }.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var quoted = JsonEncodedText.Encode(directive, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        var rows = Enumerable
            .Range(0, 100)
            .Select(job =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""
                    {"job_id":"j-{{job:d11}}","job_action":"RunClusterCustomService","status":"working",
                     "create_time":"2026-03-04T05:06:07Z","status_time":"2026-03-04T05:06:08Z","owner":"usr-1",
                     "error_codes":"","resource_ids":"cl-ouhutv70","directive":"{{quoted}}"}
                    """
                )
            );
        return $$"""
            {"action":"DescribeJobsResponse","ret_code":0,"total_count":100,"job_set":[{{string.Join(',', rows)}}]}
            """;
    }
}
