using QingCloudMySqlStandby.Link;
using QingCloudMySqlStandby.Link.Inputs;
using QingCloudMySqlStandby.Link.Schema;
using QingCloudMySqlStandby.QingCloud;

namespace QingCloudMySqlStandby.Link;

/// <summary>The example of the documentation, as inputs, states and jobs.</summary>
internal static class Sample
{
    public const string Urn = "urn:pulumi:dev::shop::" + Names.StandbyReplication + "::orders-dr";
    public const string StandbyCluster = "cl-ouhutv70";
    public const string SourceCluster = "cl-9np7ig3g";

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static PropertyMap Source { get; } =
        PropertyMap
            .Empty.With("clusterId", PropertyValue.Of(SourceCluster))
            .With("zone", PropertyValue.Of("pek3a"))
            .With("host", PropertyValue.Of("192.168.0.232"))
            .With("user", PropertyValue.Of("migrate_user"))
            .With("password", PropertyValue.Of("Passwd@123").AsSecret());

    /// <summary>What a program would write.</summary>
    public static PropertyMap Program { get; } =
        PropertyMap
            .Empty.With("clusterId", PropertyValue.Of(StandbyCluster))
            .With("zone", PropertyValue.Of("sh1a"))
            .With("syncWay", PropertyValue.Of("full"))
            .With("source", PropertyValue.Of(Source));

    /// <summary>The same after Check.</summary>
    public static PropertyMap Inputs { get; } = InputCheck.Run(Program, defaultZone: null).Inputs;

    public static StandbyInputs Typed => StandbyInputs.Read(Inputs)!;
    public static LinkParameters Link => Typed.Link;

    public static PropertyMap State(QingCloudMySqlStandby.Link.Evidence.LinkState state, string jobId = "j-1") =>
        new StandbyState(state, jobId, Noon, "standby", "active").With(Inputs);

    public static PropertyMap WithSource(this PropertyMap inputs, string name, PropertyValue value) =>
        inputs.With("source", Rewrap.Map(inputs["source"], source => source.With(name, value)));

    /// <summary>A job of a service, so many minutes after noon.</summary>
    public static Job Job(
        string id,
        string service,
        JobStatus status = JobStatus.Successful,
        int minutes = 0,
        LinkParameters? link = null
    ) =>
        new(
            id,
            "RunClusterCustomService",
            status,
            status switch
            {
                JobStatus.Failed => "failed",
                JobStatus.Successful => "successful",
                _ => "working",
            },
            Noon.AddMinutes(minutes),
            Noon.AddMinutes(minutes + 1),
            status == JobStatus.Failed ? "1234" : "",
            [StandbyCluster],
            new ServiceRequest(
                service,
                StandbyCluster,
                "sh1a",
                service == ServiceNames.StartStandby ? link ?? Link : null
            )
        );
}
