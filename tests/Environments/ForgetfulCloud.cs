using System.Globalization;
using System.Net;
using System.Text;

namespace QingCloudMySqlStandby.Environments;

/// <summary>A QingCloud that keeps nothing but a number: every cluster is active and without a past, every job has
/// ended well. Whatever grows over against it, grows in the provider.</summary>
internal sealed class ForgetfulCloud(TimeProvider time) : HttpMessageHandler
{
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
                        {"cluster_id":"{{{id}}}","name":"{{{id}}}","status":"active","transition_status":"","display_tabs":{}}
                        """
            ),
            _ => Rows(
                "job_set",
                "jobs.",
                form,
                id =>
                    $$"""
                        {"job_id":"{{id}}","job_action":"RunClusterCustomService",
                         "status":"{{(
                            JobsEnd ? "successful" : "working"
                        )}}","create_time":"{{Now}}","status_time":"{{Now}}"}
                        """
            ),
        };

    private string Now => time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

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
