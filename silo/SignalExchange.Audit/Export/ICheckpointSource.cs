namespace SignalExchange.Audit.Export;

/// <summary>Knows the log's newest published checkpoint.</summary>
public interface ICheckpointSource
{
    /// <summary>Returns the signed note; empty when none was published yet.</summary>
    ValueTask<string> NewestAsync(CancellationToken cancellationToken);
}
