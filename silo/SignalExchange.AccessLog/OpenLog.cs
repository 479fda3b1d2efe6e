using SignalExchange.AccessLog.Keys;
using SignalExchange.AccessLog.Publishing;
using SignalExchange.AccessLog.Reading;

namespace SignalExchange.AccessLog;

/// <summary>All that an open log holds.</summary>
/// <param name="keys">The keys of details.</param>
/// <param name="signer">The key of checkpoints.</param>
/// <param name="log">What is published.</param>
/// <param name="reader">Reads.</param>
/// <param name="publisher">Publishes, since <paramref name="publishing"/> was begun.</param>
/// <param name="publishing">Ends when the publisher was stopped.</param>
internal sealed class OpenLog(
    KeyRing keys,
    LogSigner signer,
    PublishedLog log,
    LogReader reader,
    Publisher publisher,
    Task publishing
)
{
    public KeyRing Keys => keys;

    public LogSigner Signer => signer;

    public LogReader Reader => reader;

    /// <summary>Returns what makes proofs. Reads each tile anew: good for one proof.</summary>
    public TreeProofs NewProofs() => new(reader.NewTiles(), log.Tree);

    /// <summary>Publishes what there is, and lets go of the keys.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        publisher.Stop();
        await publishing.WaitAsync(cancellationToken);
        signer.Dispose();
        keys.Dispose();
    }
}
