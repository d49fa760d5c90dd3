namespace QingCloudMySqlStandby.Doctor;

/// <summary>How much of a call its job's directive echoes: what was asked, and who asked. Directives hold passwords:
/// only names leave this file.</summary>
internal static class DirectiveChecks
{
    private static readonly string[] LinkParts = ["sync_way", "zone", "host", "cluster_id", "user"];

    public static IReadOnlyList<Finding> Run(JobPages pages)
    {
        var senders = ByKey(pages.ServiceRows);
        return
        [
            Form(pages),
            Services(pages.Directives),
            Links(pages.Directives),
            Sender(
                senders,
                "req_id",
                "directive-req-id",
                "A job's signature or its key shows whose it "
                    + "is; jobs of two resources that use one key are distinguished by what they do."
            ),
            Sender(
                senders,
                "signature",
                "directive-signature",
                "A lost answer is settled by req_id, or by the one new " + "job that does the same."
            ),
            Sender(
                senders,
                "access_key_id",
                "directive-access-key",
                "Another stack's link is not distinguished from " + "this one's by its key."
            ),
            Sender(
                senders,
                "channel",
                "directive-channel",
                "What is done at the console is not distinguished " + "from calls."
            ),
        ];
    }

    /// <summary>Whether each job has a directive that can be read; null where there is no job.</summary>
    public static bool? AreReadable(JobPages pages) =>
        pages.ServiceRows.Count == 0 ? null : pages.Directives.Count == pages.ServiceRows.Count;

    /// <summary>What jobs of calls made with a key show of their sender; null where there is no such job.</summary>
    public static IReadOnlyList<string>? Echoes(JobPages pages) =>
        ByKey(pages.ServiceRows) is { Count: > 0 } requests
            ? [.. requests.SelectMany(Shown).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : null;

    /// <summary>Whether the links' passwords are hidden; null where no link was seen.</summary>
    public static bool? HidesPasswords(JobPages pages)
    {
        var passwords = LinksOf(pages.Directives)
            .Select(link => link.Text("password") ?? link.Text("passwd") ?? "")
            .ToList();
        return passwords.Count == 0 ? null : passwords.TrueForAll(text => text.Trim('*').Length == 0);
    }

    private static Finding Form(JobPages pages)
    {
        var forms = Wording.Own(
            string.Join(
                ", ",
                pages.ServiceRows.Select(FormOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            )
        );
        return AreReadable(pages) switch
        {
            true => Finding.Ok("directive-form", forms),
            false => Finding.Breaks(
                "directive-form",
                forms,
                "A job that cannot be read may have been any service: a failover would not be reported, nor undone."
            ),
            null => Finding.NotSeen(
                "directive-form",
                $"no RunClusterCustomService job",
                "Run this again once a standby service has run in this zone, such as a start_standby."
            ),
        };
    }

    private static string FormOf(JsonElement job) =>
        job.Member("directive") switch
        {
            null => "none",
            { ValueKind: JsonValueKind.Object } => "an object",
            { ValueKind: JsonValueKind.String } text when IsJson(text.GetString()!) => "JSON text",
            _ when job.Nested("directive") is not null => "a Python literal",
            _ => "something that cannot be read",
        };

    private static bool IsJson(string text)
    {
        try
        {
            return JsonElement.Parse(text).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Finding Services(IReadOnlyList<JsonElement> directives)
    {
        var nameless = directives.Count(directive =>
            string.IsNullOrEmpty(directive.Text("service"))
            || string.IsNullOrEmpty(directive.Text("cluster") ?? directive.Text("cluster_id"))
        );
        return directives.Count == 0 ? NoJobs("directive-service")
            : nameless == 0 ? Finding.Ok("directive-service", $"each names its service and its cluster")
            : Finding.Breaks(
                "directive-service",
                $"{nameless} of {directives.Count} name no service or no cluster",
                "Such a job may have been any service: a failover would not be reported, nor undone."
            );
    }

    private static Finding Links(IReadOnlyList<JsonElement> directives)
    {
        var links = LinksOf(directives).ToList();
        var missing = LinkParts.Where(part => links.Exists(link => string.IsNullOrEmpty(link.Text(part)))).ToList();
        return links.Count == 0 ? NoJobs("directive-link")
            : missing.Count == 0
                ? Finding.Ok("directive-link", $"start_standby shows {Wording.Own(string.Join(", ", LinkParts))}")
            : Finding.Differs(
                "directive-link",
                $"start_standby does not show {Wording.Own(string.Join(", ", missing))}",
                "A change of that outside Pulumi is not seen, and Create takes over no link by it."
            );
    }

    private static Finding Sender(List<ServiceRequest> requests, string name, string check, string meaning)
    {
        var with = requests.Count(request => Shown(request).Contains(name, StringComparer.Ordinal));
        Wording seen = $"{with} of {requests.Count} calls made with a key show it";
        return requests.Count == 0 ? NoJobs(check)
            : with > 0 ? Finding.Ok(check, seen)
            : name == "req_id" ? Finding.NotSeen(check, $"{seen} (they may have had none)", meaning)
            : Finding.Differs(check, seen, meaning);
    }

    private static IEnumerable<JsonElement> LinksOf(IReadOnlyList<JsonElement> directives) =>
        directives
            .Where(directive => directive.Text("service") == ServiceNames.StartStandby)
            .Select(directive => directive.Nested("service_params") ?? default);

    /// <summary>What is not the console's nor QingCloud's own, as far as that can be seen.</summary>
    private static List<ServiceRequest> ByKey(IReadOnlyList<JsonElement> jobs) =>
        [
            .. jobs.Select(DirectiveReader.Read)
                .OfType<ServiceRequest>()
                .Where(request => request.Sender.Channel is null or QingCloud.Sender.Api),
        ];

    private static IEnumerable<string> Shown(ServiceRequest request)
    {
        var sender = request.Sender;
        (string Name, bool IsShown)[] parts =
        [
            ("access_key_id", sender.AccessKeyId is not null),
            ("channel", sender.Channel is not null),
            ("req_id", sender.RequestId is not null),
            ("signature", sender.Signature is not null),
        ];
        return parts.Where(part => part.IsShown).Select(part => part.Name);
    }

    private static Finding NoJobs(string check) =>
        Finding.NotSeen(check, $"no such job", "Run this again once a standby service has run in this zone.");
}
