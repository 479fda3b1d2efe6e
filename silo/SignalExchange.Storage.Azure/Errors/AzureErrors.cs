namespace SignalExchange.Storage.Azure.Errors;

/// <summary>Failures as the ports' errors. None carries the SDK's exception: see <see cref="AzureFailure"/>.</summary>
internal static class AzureErrors
{
    /// <summary>Returns the error of a read, or of a write that surely did nothing.</summary>
    public static StorageUnavailableException Unavailable(AzureFailure failure, string account) =>
        new($"Azure Storage account '{account}' does not answer as it should ({failure.Reason}). {Advice(failure)}");

    /// <summary>Returns the error of a write: nothing was written, or nobody can tell.</summary>
    public static Exception OfWrite(AzureFailure failure, string account) =>
        failure.Kind == AzureFailureKind.Unknown ? Unknown(failure, account) : Unavailable(failure, account);

    /// <summary>Returns the error of a write whose outcome could not be found out.</summary>
    public static CommitUnknownException Unknown(AzureFailure failure, string account) =>
        new(
            $"The reply of Azure Storage account '{account}' to a write was lost ({failure.Reason}). Read what is stored again."
        );

    private static string Advice(AzureFailure failure) =>
        failure.Kind switch
        {
            AzureFailureKind.NotReached =>
                "See whether its name resolves, its firewall lets this machine in, and the identity exists.",
            AzureFailureKind.Throttled =>
                "It has too much to do. Try again later, or spread the shards over more accounts.",
            AzureFailureKind.Refused =>
                "The identity needs the roles Storage Table Data Contributor and Storage Blob Data Contributor there.",
            _ => "Try again; see the service's own health.",
        };
}
