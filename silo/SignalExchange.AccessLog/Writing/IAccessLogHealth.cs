namespace SignalExchange.AccessLog.Writing;

/// <summary>Tells how the log stands.</summary>
public interface IAccessLogHealth
{
    /// <summary>Gets how it stands now. Safe from any thread, at no cost.</summary>
    LogStanding Current { get; }
}
