using System.Globalization;
using System.Net;
using System.Text;

namespace QingCloudMySqlStandby.Driver.Simulation;

/// <summary>A QingCloud that keeps nothing but a number: every cluster is active and without a past, every job has
/// ended well. Whatever grows over against it, grows in the provider.</summary>
/// <remarks>Its list of jobs has one job, which is older than every cluster: it shows that no cluster was ever
/// linked.</remarks>
internal sealed class ForgetfulCloud(TimeProvider time) : HttpMessageHandler
{
    private readonly string _clustersCreatedAt = Written(time.GetUtcNow());
    private readonly string _firstJobAt = Written(time.GetUtcNow() - TimeSpan.FromDays(1));
    private int _jobs;

    /// <summary>How many requests came.</summary>
    public int Requests { get; private set; }

    /// <summary>Whether jobs have ended when they are first asked for; otherwise they work for ever.</summary>
    public bool JobsEnd { get; init; } = true;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        Requests++;
        var form = await (
            request.Content ?? throw new NotSupportedException("Only POST is known " + "here.")
        ).ReadAsStringAsync(cancellationToken);
        var response = new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent(Answer(form), Encoding.UTF8, "application/json"),
        };
        response.Headers.Date = time.GetUtcNow();
        return response;
    }

    private string Answer(string form) =>
        ValuesOf(form, "action").Single() switch
        {
            "RunClusterCustomService" => FormattableString.Invariant($$"""{"ret_code":0,"job_id":"j-{{++_jobs}}"}"""),
            "DescribeClusters" => Rows(
                "cluster_set",
                "clusters.",
                form,
                id =>
                    $$$"""
                        {"cluster_id":"{{{id}}}","name":"{{{id}}}","status":"active","transition_status":"","display_tabs":{},
                         "create_time":"{{{_clustersCreatedAt}}}"}
                        """
            ),
            _ when ValuesOf(form, "jobs.").Any() => Rows(
                "job_set",
                "jobs.",
                form,
                id =>
                    JobRow(id, "RunClusterCustomService", JobsEnd ? "successful" : "working", Written(time.GetUtcNow()))
            ),
            _ when ValuesOf(form, "job_action").Any() => """{"ret_code":0,"total_count":0,"job_set":[]}""",
            _ => $$"""
                {"ret_code":0,"total_count":1,"job_set":[{{JobRow("j-0", "CreateVxnets", "successful", _firstJobAt)}}]}
                """,
        };

    private static string JobRow(string id, string action, string status, string at) =>
        $$"""
            {"job_id":"{{id}}","job_action":"{{action}}","status":"{{status}}","create_time":"{{at}}","status_time":"{{at}}"}
            """;

    private static string Written(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Rows(string member, string parameter, string form, Func<string, string> row)
    {
        var rows = ValuesOf(form, parameter).Select(row).ToList();
        return FormattableString.Invariant(
            $$"""{"ret_code":0,"total_count":{{rows.Count}},"{{member}}":[{{string.Join(',', rows)}}]}"""
        );
    }

    private static IEnumerable<string> ValuesOf(string form, string name) =>
        form.Split('&')
            .Where(part => part.StartsWith(name, StringComparison.Ordinal))
            .Select(part => part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..]);
}
