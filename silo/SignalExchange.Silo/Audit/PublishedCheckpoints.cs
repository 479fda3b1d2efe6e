using System.Text;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Export;

namespace SignalExchange.Silo.Audit;

/// <summary>The checkpoints that this silo's log published.</summary>
internal sealed class PublishedCheckpoints(IAccessLogProver prover) : ICheckpointSource
{
    /// <inheritdoc/>
    public async ValueTask<string> NewestAsync(CancellationToken cancellationToken) =>
        await prover.ReadCheckpointAsync(cancellationToken) is { } note ? Encoding.UTF8.GetString(note.Span) : "";
}
