namespace QingCloudMySqlStandby.Simulator;

/// <summary>The response to a service that needs a link on a cluster that has none.</summary>
public enum WithoutLink
{
    /// <summary>It is refused with 1400.</summary>
    Refused,

    /// <summary>A job is made; it succeeds and changes nothing.</summary>
    JobSucceeds,

    /// <summary>A job is made, and it fails.</summary>
    JobFails,
}

/// <summary>The response to the promotion of a standby that has not caught up.</summary>
public enum PromotionBehind
{
    /// <summary>A job is made, and it fails.</summary>
    JobFails,

    /// <summary>It is refused with 1400.</summary>
    Refused,
}

/// <summary>The field <c>zone</c> of a cluster.</summary>
public enum ClusterZoneField
{
    Absent,

    /// <summary>The zone where the cluster is.</summary>
    Own,

    /// <summary>The zone that was asked.</summary>
    Asked,
}

/// <summary>What the tab about standby replication shows.</summary>
public enum StandbyTab
{
    /// <summary>The source of this cluster; an empty table where there is no link.</summary>
    Source,

    /// <summary>The same, but one row of empty cells where there is no link.</summary>
    BlankRow,

    /// <summary>The same; a cluster without a link does not have the tab.</summary>
    OnlyWhenLinked,

    /// <summary>The source of this cluster, and its standbys; each row names both clusters.</summary>
    BothIds,

    /// <summary>The source of this cluster, and its standbys; each row names the other cluster and its role.</summary>
    Roles,

    /// <summary>Something that is no table.</summary>
    Unreadable,

    /// <summary>It is refused with 1400.</summary>
    Refused,

    /// <summary>No cluster has the tab.</summary>
    Absent,
}

/// <summary>Whose jobs a list shows.</summary>
public enum JobOwners
{
    /// <summary>Everyone's: those of the account, of the console and of the cloud itself.</summary>
    All,

    /// <summary>Those that were made with the key of the call.</summary>
    CallersKey,

    /// <summary>Those that were made by calls.</summary>
    Api,
}

/// <summary>How many rows a list says that it has.</summary>
public enum TotalCount
{
    Right,
    TooSmall,
    TooLarge,
    Absent,
}

/// <summary>Whom the field <c>owner</c> of a job names.</summary>
public enum JobOwnerField
{
    /// <summary>The user who made the job; <c>system</c> for jobs of the cloud itself.</summary>
    User,

    /// <summary>The account, whoever made the job.</summary>
    Account,

    /// <summary>There is no such field.</summary>
    Absent,
}

/// <summary>What DescribeClusterJobs shows.</summary>
public enum ClusterJobs
{
    /// <summary>All jobs of the application's clusters.</summary>
    All,

    /// <summary>Those of them that DescribeJobs shows.</summary>
    AsDescribeJobs,

    /// <summary>The call is refused with 1400.</summary>
    Refused,
}

/// <summary>What a directive shows in place of a password.</summary>
public enum PasswordMask
{
    /// <summary>The password.</summary>
    Clear,
    ThreeStars,
    SixStars,
    EightStars,

    /// <summary>The word <c>hidden</c> in angle brackets.</summary>
    Hidden,

    /// <summary>Six times the letter x.</summary>
    Crosses,

    /// <summary>The word <c>FILTERED</c> in square brackets.</summary>
    Filtered,

    /// <summary>The first two letters, and eight stars.</summary>
    TwoLetters,
    Empty,

    /// <summary>The key is left out.</summary>
    Absent,
}

/// <summary>The meter of the replication lag.</summary>
public enum LagMeter
{
    /// <summary><c>seconds_behind_master</c>, in <c>s</c>.</summary>
    SecondsBehind,

    /// <summary><c>slave_delay</c>, in <c>s</c>.</summary>
    OtherName,

    /// <summary><c>replication_lag</c>, in <c>ms</c>.</summary>
    Milliseconds,

    /// <summary>There is none.</summary>
    Absent,
}

/// <summary>What meters hold.</summary>
public enum MeterData
{
    Values,

    /// <summary>No values at any time.</summary>
    Null,

    /// <summary>-1 for the lag.</summary>
    MinusOne,

    /// <summary>Nothing between the separators of the lag.</summary>
    Blank,
}

/// <summary>How a list of values shows a time at which nothing was measured.</summary>
public enum MeterGaps
{
    Null,

    /// <summary>The string <c>NA</c>, as the page on compression says.</summary>
    NotAvailable,

    /// <summary>It is left out; the next values come with the seconds that have passed since the last ones.</summary>
    Span,
}
