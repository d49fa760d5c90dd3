using System.Text.Json.Nodes;
using QingCloudMySqlStandby.Doctor;
using QingCloudMySqlStandby.Simulator;

namespace QingCloudMySqlStandby.Doctor;

/// <summary>What the doctor finds of the jobs that may be hidden, of services, nodes, meters and parameters.</summary>
[Collection(nameof(Alone))]
public sealed class HealthAssumptionTests
{
    [Theory]
    [InlineData("jobs-owner", "Ok", "usual", "jobs of 3 users are listed")]
    [InlineData("jobs-owner", "NotSeen", "one owner", "all jobs are of one user")]
    [InlineData("jobs-owner", "NotSeen", "no owner", "jobs have no owner")]
    [InlineData("cluster-jobs", "Differs", "hidden jobs", "DescribeClusterJobs lists 1 more: RunClusterCustomService")]
    [InlineData("cluster-jobs", "Ok", "hidden everywhere", "lists no job that DescribeJobs does not")]
    [InlineData("cluster-jobs", "NotSeen", "app jobs refused", "ret_code 1400")]
    [InlineData("cluster-services", "Differs", "no set_readonly", "set_readonly is not among them")]
    [InlineData("cluster-services", "NotSeen", "no details", "no custom_service")]
    [InlineData("cluster-services", "Ok", "list of services", "set_readonly")]
    [InlineData("cluster-edition", "NotSeen", "no details", "app_id")]
    [InlineData("node-health", "Differs", "sick node", "is active and unhealthy")]
    [InlineData("node-health", "NotSeen", "health refused", "DescribeClusterNodes was refused (ret_code 1400)")]
    [InlineData("lag-meter", "Ok", "usual", "0s behind by its meter seconds_behind_master, measured at ")]
    [InlineData("lag-meter", "Ok", "milliseconds", "its meter replication_lag")]
    [InlineData("lag-meter", "NotSeen", "no meter", "it has connections, mysql_role, uptime")]
    [InlineData("lag-meter", "NotSeen", "no data", "there is no current value of its meter seconds_behind_master")]
    [InlineData("lag-meter", "NotSeen", "health refused", "DescribeClusterNodes was refused (ret_code 1400)")]
    [InlineData("parameters", "Differs", "wrong parameter", "wait_timeout 3600 (now 28800)")]
    [InlineData("parameters", "NotSeen", "health refused", "not shown: connect_timeout")]
    [InlineData("binary-logs", "Ok", "usual", "kept for 168h00m")]
    [InlineData("binary-logs", "NotSeen", "health refused", "expire_logs_days is not shown")]
    [InlineData(
        "link-parameters",
        "Differs",
        "wrong parameter of the source",
        "cl-9np7ig3g should have net_read_timeout"
    )]
    [InlineData("link-parameters", "NotSeen", "no link", "no source is known")]
    public async Task An_assumption_is_examined(string check, string verdict, string account, string seen)
    {
        await using var rig = await DoctorRig.StartAsync();
        await rig.LiveAsync();
        Prepare(rig, account);

        var finding = Find(await rig.ExamineAsync(), check);

        Assert.Equal(verdict, $"{finding.Verdict}");
        Assert.Contains(seen, finding.Seen, StringComparison.Ordinal);
        Assert.Equal(verdict == "Ok", finding.Meaning.Length == 0);
    }

    [Theory]
    [InlineData("jobs-stop", "NotSeen", "DescribeJobs", "no stops", "no StopClusters among the last jobs")]
    [InlineData("cluster-services", "Breaks", "DescribeClusters", "yes and no", "set_readonly takes YES and NO")]
    [InlineData("cluster-services", "Ok", "DescribeClusters", "on and off", "set_readonly, with ON and OFF")]
    [InlineData("cluster-edition", "Breaks", "DescribeClusters", "basic edition", "基础版")]
    [InlineData("cluster-status-time", "Differs", "DescribeClusters", "late status_time", "no listed job explains")]
    [InlineData("cluster-status-time", "NotSeen", "DescribeClusters", "no status_time", "no status_time")]
    [InlineData("cluster-jobs", "NotSeen", "DescribeClusters", "no app_id", "shows no app_id")]
    [InlineData("lag-meter", "NotSeen", "GetClusterMonitor", "numbers only", "1=healthy, 2=1, 3=12, 4=")]
    [InlineData("parameters", "NotSeen", "DescribeClusterEnvironment", "one less", "not shown: connect_timeout")]
    public async Task A_changed_answer_is_noticed(
        string check,
        string verdict,
        string action,
        string change,
        string seen
    )
    {
        await using var rig = await DoctorRig.StartAsync();
        await rig.LiveAsync();

        var examination = await rig.ExamineAsync(new ChangedAnswers(action, answer => Change(answer, change)));

        var finding = Find(examination, check);
        Assert.Equal(verdict, $"{finding.Verdict}");
        Assert.Contains(seen, finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_status_is_explained_by_the_job_that_made_it()
    {
        await using var rig = await DoctorRig.StartAsync();
        await rig.LiveAsync();
        rig.Cloud.StopCluster(DoctorRig.Standby);
        rig.Cloud.StartCluster(DoctorRig.Standby);

        var finding = Find(await rig.ExamineAsync(), "cluster-status-time");

        Assert.Equal(Verdict.Ok, finding.Verdict);
        Assert.Contains("Clusters)", finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_values_of_a_node_say_what_to_set_lagMeter_to()
    {
        await using var rig = await DoctorRig.StartAsync();
        await rig.LiveAsync();

        var examination = await rig.ExamineAsync(
            new ChangedAnswers("GetClusterMonitor", answer => Change(answer, "numbers only"))
        );

        Assert.Contains(
            "set lagMeter to NAME@PLACE/5.",
            Find(examination, "lag-meter").Meaning,
            StringComparison.Ordinal
        );
    }

    private static Finding Find(Examination examination, string check) =>
        Assert.Single(examination.Findings, finding => finding.Check == check);

    private static void Prepare(DoctorRig rig, string account)
    {
        var cloud = rig.Cloud;
        switch (account)
        {
            case "hidden jobs":
            case "hidden everywhere":
                cloud.StopByConsole(DoctorRig.Standby);
                break;
            case "sick node":
                cloud.SetHealth("cln-ouhutv702", healthy: false);
                break;
            case "wrong parameter":
                cloud.SetParameter(DoctorRig.Standby, "wait_timeout", "28800");
                break;
            case "wrong parameter of the source":
                cloud.SetParameter("cl-9np7ig3g", "net_read_timeout", "30");
                break;
            case "no link":
                cloud.CutLink(DoctorRig.Standby);
                break;
            default:
                break;
        }

        cloud.Knobs = account switch
        {
            "one owner" => cloud.Knobs with { JobOwner = JobOwnerField.Account },
            "no owner" => cloud.Knobs with { JobOwner = JobOwnerField.Absent },
            "hidden jobs" => cloud.Knobs with { JobOwners = JobOwners.CallersKey },
            "hidden everywhere" => cloud.Knobs with
            {
                JobOwners = JobOwners.CallersKey,
                ClusterJobs = ClusterJobs.AsDescribeJobs,
            },
            "app jobs refused" => cloud.Knobs with { ClusterJobs = ClusterJobs.Refused },
            "no set_readonly" => cloud.Knobs with { HasSetReadOnly = false },
            "no details" => cloud.Knobs with { ClusterDetails = false },
            "list of services" => cloud.Knobs with { CustomServicesAsList = true },
            "health refused" => cloud.Knobs with { HealthRefused = true },
            "milliseconds" => cloud.Knobs with { LagMeter = LagMeter.Milliseconds },
            "no meter" => cloud.Knobs with { LagMeter = LagMeter.Absent },
            "no data" => cloud.Knobs with { MeterData = MeterData.Null },
            "no link" => cloud.Knobs with { JobsListedFor = TimeSpan.Zero },
            _ => cloud.Knobs,
        };
    }

    private static void Change(JsonObject answer, string change)
    {
        var cluster = answer["cluster_set"]?[0]?.AsObject();
        switch (change)
        {
            case "no stops":
                foreach (var job in answer["job_set"]?.AsArray().OfType<JsonObject>() ?? [])
                    job["job_action"] =
                        (string?)job["job_action"] == "StopClusters" ? "Other" : job["job_action"]!.DeepClone();

                break;
            case "yes and no":
            case "on and off":
                cluster!["custom_service"]!["maininstance"]!["set_readonly"] = new JsonObject
                {
                    ["service_params"] = new JsonObject
                    {
                        ["readonly"] = new JsonObject
                        {
                            ["range"] =
                                change == "yes and no" ? new JsonArray("YES", "NO") : new JsonArray("ON", "OFF"),
                        },
                    },
                };
                break;
            case "basic edition":
                cluster!["app_version_info"] = new JsonObject { ["name"] = "MySQL 5.7 基础版" };
                break;
            case "late status_time":
                cluster!["create_time"] = "2020-01-01T00:00:00Z";
                cluster["status_time"] = "2020-01-02T00:00:00Z";
                break;
            case "no status_time":
                cluster!.Remove("status_time");
                break;
            case "no app_id":
                cluster!.Remove("app_id");
                break;
            case "one less":
                var properties = answer["config"]!["properties"]!.AsArray();
                properties.Remove(properties.Single(property => (string?)property!["key"] == "connect_timeout"));
                break;
            default:
                WithoutWords(answer["meter_set"]![0]!.AsObject());
                break;
        }
    }

    /// <summary>Takes the one meter away that is a word.</summary>
    private static void WithoutWords(JsonObject set)
    {
        set["meter_info"]!["items"]!.AsObject().Remove("mysql_role");
        set["data_set"] = JsonNode.Parse(set["data_set"]!.ToJsonString().Replace("|S|", "|", StringComparison.Ordinal));
    }
}
