namespace SignalExchange.Storage.Azure.Errors;

/// <summary>A write failed. Never leaves this engine, and holds nothing of the SDK's.</summary>
internal sealed class AzureFailureException(AzureFailure failure)
    : Exception($"A write failed: {failure.Kind}, {failure.Reason}.")
{
    /// <summary>Gets what happened.</summary>
    public AzureFailure Failure => failure;
}
