using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog.Entries;
using SignalExchange.AccessLog.Keys;
using SignalExchange.AccessLog.Publishing;
using SignalExchange.AccessLog.Reading;
using SignalExchange.AccessLog.Recovery;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.AccessLog;

/// <summary>Opens a log.</summary>
/// <remarks>
/// 1. Take it: whoever had it writes no more. 2. Open its keys. 3. Recover it, and compare it with what was signed. 4. Begin to
/// publish and to take entries.
/// </remarks>
internal sealed class LogOpener(
    IOptions<AccessLogOptions> options,
    IAccessLogStore store,
    ILogSecrets secrets,
    IReadOnlyList<ICheckpointWitness> witnesses,
    LogState state,
    AccessLogMetrics metrics,
    TimeProvider time,
    ILogger<LogOpener> logger
) : IDisposable
{
    private const string SigningKey = "signing";

    private readonly AccessLogOptions _options = options.Value;

    /// <summary>Opens it.</summary>
    /// <exception cref="AccessLogDamagedException">It is not as it was left.</exception>
    public async Task<OpenLog> OpenAsync(LogWriter writer, CancellationToken cancellationToken)
    {
        var lease = await store.AcquireAsync(_options.Log, cancellationToken); // 1.
        var extent = await store.ReadExtentAsync(_options.Log, cancellationToken);
        var folder = new LogKeyFolder(_options.KeyFolder, _options.Log, secrets); // 2.
        var signer = await OpenSignerAsync(folder, extent, cancellationToken);
        try
        {
            var due = new DueKeys(time, _options.ShredDelay, _options.MaxClockLead);
            var keys = new KeyRing(folder, due, time);
            var recovered = await RecoverAsync(lease, extent, signer, cancellationToken); // 3.
            await PublishKeyAsync(lease, signer, cancellationToken);
            if (recovered.Size > 0)
            {
                due.Resume(DateTimeOffset.FromUnixTimeMilliseconds(recovered.LastTime));
            }

            return Start(writer, recovered, keys, signer); // 4.
        }
        catch
        {
            signer.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var witness in witnesses.OfType<HttpCheckpointWitness>())
        {
            witness.Dispose();
        }
    }

    private async Task<RecoveredLog> RecoverAsync(
        AccessLogLease lease,
        AccessLogExtent extent,
        LogSigner signer,
        CancellationToken cancellationToken
    )
    {
        var checkpoints = await StoredCheckpoints.ReadAsync(store, _options.Log, extent, signer, cancellationToken);
        var recovery = new LogRecovery(store, _options.Log);
        return await recovery.RunAsync(lease, extent, checkpoints, cancellationToken);
    }

    private async Task<LogSigner> OpenSignerAsync(
        LogKeyFolder folder,
        AccessLogExtent extent,
        CancellationToken cancellationToken
    )
    {
        var seed = new byte[LogSigner.SeedSize];
        try
        {
            if (folder.TryRead(SigningKey, seed))
            {
                return new(_options.Origin, seed);
            }

            await RefuseIfSignedAsync(folder, extent, cancellationToken);
            folder.Create(SigningKey, seed);
            var signer = new LogSigner(_options.Origin, seed);
            AccessLogLog.SigningKeyMade(logger, _options.Origin, signer.VerifierKey.ToString());
            return signer;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private async Task PublishKeyAsync(AccessLogLease lease, LogSigner signer, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetBytes(signer.VerifierKey + "\n");
        var stored = await store.GetAsync(_options.Log, AccessLogPaths.VerifierKey, cancellationToken);
        if (stored is not { } same || !same.Span.SequenceEqual(text))
        {
            await store.PutAsync(lease, AccessLogPaths.VerifierKey, text, cancellationToken);
        }
    }

    private async Task RefuseIfSignedAsync(
        LogKeyFolder folder,
        AccessLogExtent extent,
        CancellationToken cancellationToken
    )
    {
        if (
            extent.Size > 0
            || await store.GetAsync(_options.Log, AccessLogPaths.Checkpoint, cancellationToken) is not null
            || await store.GetAsync(_options.Log, AccessLogPaths.SignedCheckpoint, cancellationToken) is not null
        )
        {
            throw new AccessLogDamagedException(
                $"'{folder.In(SigningKey + ".key")}' is lost, and log '{_options.Log}' has entries. Restore it from a backup: another key "
                    + "would begin another log."
            );
        }
    }

    private OpenLog Start(LogWriter writer, RecoveredLog recovered, KeyRing keys, LogSigner signer)
    {
        var clock = new LogClock(time);
        clock.Resume(recovered.LastTime);
        keys.Prepare(clock.Period);
        metrics.ShowZeros();
        state.NoteHead(recovered.Size);
        state.NoteRecovered(recovered.Published);

        var log = new PublishedLog(recovered.Lease, recovered.Tree);
        var reader = new LogReader(store, log, state, keys);
        var reports = new PublisherReports(_options.Origin, state, metrics, logger);
        var publisher = new Publisher(
            store,
            log,
            signer,
            NewWitnessRound(reader, log),
            state,
            reports,
            _options.CheckpointInterval,
            time
        );
        writer.Start(store, recovered.Lease, recovered.Size, keys, clock, publisher.NoteGrowth);
        return new(keys, signer, log, reader, publisher, Task.Run(publisher.RunAsync));
    }

    private WitnessRound NewWitnessRound(LogReader reader, PublishedLog log) =>
        new(witnesses, _options, () => new AuthenticTree(reader.NewTiles(), log.Tree), state, metrics, time, logger);
}
