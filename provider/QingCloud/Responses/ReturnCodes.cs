namespace QingCloudMySqlStandby.QingCloud;

/// <summary>The ret_codes that are more than a failure to report.</summary>
internal static class ReturnCodes
{
    /// <summary>The stamp is too old or too new.</summary>
    public const int ExpiredStamp = 1300;
}
