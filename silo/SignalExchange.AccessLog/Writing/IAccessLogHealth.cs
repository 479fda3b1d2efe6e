namespace SignalExchange.AccessLog.Writing;

/// <summary>Tells how the log stands.</summary>
public interface IAccessLogHealth
{
    /// <summary>Gets how it stands now. Safe from any thread, at no cost.</summary>
    LogStanding Current { get; }

    /// <summary>Returns when a witness's signature under a checkpoint last came; null when none has since this process started. Safe from any thread.</summary>
    /// <param name="name">Its key's name.</param>
    /// <param name="keyId">Its key's id.</param>
    DateTimeOffset? SignedAt(string name, uint keyId);
}
