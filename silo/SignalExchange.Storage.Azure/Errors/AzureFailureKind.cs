namespace SignalExchange.Storage.Azure.Errors;

/// <summary>What a failed request means for what it was to do.</summary>
internal enum AzureFailureKind
{
    /// <summary>Refused by the condition that it carried: the row is there, is not, or is another one. Nothing was written.</summary>
    ConditionFailed,

    /// <summary>The service was not reached. Nothing was written.</summary>
    NotReached,

    /// <summary>The service has too much to do and did not begin. Nothing was written.</summary>
    Throttled,

    /// <summary>The service refused the request for what it is, or whose it is. Nothing was written.</summary>
    Refused,

    /// <summary>The reply is missing, or says that the service failed half-way: it may be done, or become so.</summary>
    Unknown,
}
