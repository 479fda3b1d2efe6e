using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Verification;

/// <summary>Verifies a whole log from its files, believing nothing but the keys that it is given.</summary>
/// <param name="source">The log's files.</param>
/// <param name="options">What is asked for.</param>
/// <remarks>
/// <list type="number">
/// <item>Reads the checkpoint and judges its signatures; without a trusted one nothing further is read.</item>
/// <item>Reads the tiles above level 0.</item>
/// <item>Reads bundle after bundle, several at once: hashes its entries, compares them with their tile and their details.</item>
/// <item>Compares the root of the entries with the signed one.</item>
/// <item>If something differs, finds out what: the entry, the tile, or the checkpoint.</item>
/// <item>Compares the root that the log had at the older checkpoint with that one's.</item>
/// </list>
/// Every file is read once. The truth is what the entries hash to, never what a tile says (CVE-2026-56865). Needs 64 bytes
/// of memory for 256 entries, beside the bundles under way. For one verification.
/// </remarks>
public sealed class LogVerifier(ITileSource source, LogVerifierOptions options)
{
    private readonly FindingList _findings = new();

    /// <summary>Verifies the log.</summary>
    /// <param name="progress">Told after each bundle, from several threads; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was found. Whatever the source throws, but for files that are too long, comes through.</returns>
    public async Task<LogVerification> VerifyAsync(
        IProgress<LogProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        // 1. The checkpoint.
        var note = await ReadCheckpointAsync(cancellationToken).ConfigureAwait(false);
        var verdict = note is null ? null : options.Policy.Judge(note);
        if (verdict is not { IsTrusted: true })
        {
            ReportUntrusted(verdict);
            return new LogVerification(verdict, note, null, 0, 0, _findings.ToList(), _findings.Count);
        }

        // 2. and 3. The files.
        var checkpoint = verdict.Checkpoint;
        var shape = new TreeShape(checkpoint.Size);
        var stored = await StoredTiles
            .ReadAsync(source, shape, options.Parallelism, cancellationToken)
            .ConfigureAwait(false);
        var since = SinceCheck.For(options, checkpoint, _findings);
        var entries = new EntriesPass(source, options, shape, since?.Size, _findings);
        await entries.RunAsync(progress, cancellationToken).ConfigureAwait(false);

        // 4. and 5. The root, explicitly.
        var computed = entries.Compute();
        var diagnosis = new LogDiagnosis(stored, entries, computed, checkpoint, _findings);
        if (computed.Root == checkpoint.Root)
        {
            diagnosis.ReportFilesThatDiffer();
        }
        else
        {
            diagnosis.ReportEntriesThatDiffer();
        }

        // 6. The past.
        since?.Compare(entries, _findings);
        return new LogVerification(
            verdict,
            note,
            computed.Root,
            entries.DetailsVerified,
            entries.DetailsShredded,
            _findings.ToList(),
            _findings.Count
        );
    }

    private async Task<SignedNote?> ReadCheckpointAsync(CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await source.ReadCheckpointAsync(cancellationToken).ConfigureAwait(false);
            var note = bytes is null ? null : SignedNote.Parse(bytes.Value.Span);
            _ = note is null ? null : Checkpoint.Of(note);
            return note;
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            Report(LogFindingKind.CheckpointUnreadable, $"The checkpoint is malformed. {exception.Message}");
            return null;
        }
    }

    private void ReportUntrusted(CheckpointVerdict? verdict)
    {
        if (verdict is not null)
        {
            Report(
                LogFindingKind.CheckpointUntrusted,
                verdict.Problem switch
                {
                    CheckpointProblem.SignatureWrong =>
                        "The checkpoint bears a trusted key's name with a wrong signature.",
                    CheckpointProblem.NotSignedByLog =>
                        "The checkpoint is not signed with a trusted key of its origin.",
                    _ => $"The checkpoint needs {options.Policy.Quorum} witnesses and has {verdict.Witnesses}.",
                }
            );
        }
        else if (_findings.Count == 0)
        {
            Report(LogFindingKind.CheckpointUnreadable, "There is no checkpoint.");
        }
    }

    private void Report(LogFindingKind kind, string message) => _findings.Add(kind, null, "checkpoint", message);
}
