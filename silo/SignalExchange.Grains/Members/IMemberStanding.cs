namespace SignalExchange.Grains.Members;

/// <summary>What an indicator must know of its owners at each read. Kept current by the host, without a grain call.</summary>
public interface IMemberStanding
{
    /// <summary>Whether the member left and its signals were withdrawn with it, all at once.</summary>
    bool HasWithdrawn(string memberId);
}
