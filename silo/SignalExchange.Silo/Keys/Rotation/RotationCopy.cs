using Google.Protobuf;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.Rotation;
using SignalExchange.Grains.StoredV1;
using SignalExchange.KeyService;
using SignalExchange.Storage;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Keys.Rotation;

/// <summary>Re-keys what is stored, shard by shard, and moves it.</summary>
/// <remarks>
/// A batch of rows goes:
/// <list type="number">
/// <item>elements out of the vault, blinded to the key service and back, the proof verified;</item>
/// <item>the batch, which proves it to auditors, is written;</item>
/// <item>the rows with their new names are written down as pending, and the batch counts from now on;</item>
/// <item>each row moves, by its grain;</item>
/// <item>nothing is pending any more.</item>
/// </list>
/// A process that ends before 3 leaves a batch that nobody counts; one that ends after it moves the pending rows again, which changes nothing for
/// those that have moved.
/// </remarks>
internal sealed class RotationCopy(
    IGrainFactory grains,
    IShardStore store,
    RotationSurvey survey,
    IRotationVault vault,
    ReKeyer reKeyer,
    IOptions<RotationOptions> options
)
{
    private const int MaxAttempts = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Goes through every shard from where it was, and does what is left there.</summary>
    /// <returns>How many rows were still under the old name.</returns>
    public async Task<int> GoThrough(RotationSession session, RotationPair pair, CancellationToken cancellationToken)
    {
        await MovePending(session, cancellationToken); // 4. and 5. of whoever was here before.
        while (session.Progress.Sequences.Count < store.Shards.Count)
        {
            session.Progress.Sequences.Add(0);
        }

        var (found, before) = (0, session.Progress.Sequences.Sum());
        foreach (var shard in store.Shards.All)
        {
            found += await GoThrough(session, shard, pair, cancellationToken);
        }

        if (session.Progress.Sequences.Sum() != before)
        {
            await session.Save();
        }

        return found;
    }

    private async Task<int> GoThrough(
        RotationSession session,
        Shard shard,
        RotationPair pair,
        CancellationToken cancellationToken
    )
    {
        for (var found = 0; ; )
        {
            var page = await survey.ReadAsync(
                shard,
                session.Progress.Sequences[shard.Number],
                session.Progress.FromKeyId,
                Limits.MaxEvaluateBatch,
                cancellationToken
            );
            // Once the new key is in force its root stands: what comes after is moved and not counted.
            var isOpen = session.Progress.Root.IsEmpty;
            var rows = page.Rows.Where(row => row.Place == SurveyPlace.Here || (isOpen && IsUncovered(row))).ToList();
            found += rows.Count(row => row.Place == SurveyPlace.Here);
            if (rows.Count > 0)
            {
                await Copy(session, shard, page.Sequence, rows, pair, cancellationToken);
            }

            session.Progress.Sequences[shard.Number] = page.Sequence;
            if (page.IsAtEnd)
            {
                return found;
            }
        }
    }

    private static bool IsUncovered(SurveyRow row) => row.Place == SurveyPlace.MovedBySubmission;

    private async Task Copy(
        RotationSession session,
        Shard shard,
        long sequence,
        List<SurveyRow> rows,
        RotationPair pair,
        CancellationToken cancellationToken
    )
    {
        var elements = rows.Select(row => (ReadOnlyMemory<byte>)vault.Open(session.From, row.SealedElement.Span));
        var (reKeyed, batch) = await reKeyer.ReKeyBatch(pair.From, pair.To, [.. elements], cancellationToken); // 1.
        var pending = new PendingBatch { Shard = shard.Number, Sequence = sequence };
        pending.Rows.Add(rows.Zip(reKeyed, (row, element) => PendingRow(session.To, row.Token, element)));
        if (session.Progress.Root.IsEmpty)
        {
            await session.NextBatch().Put(batch.ToBytes()); // 2.
            session.Progress.Batches++;
            session.Progress.Rows += (ulong)rows.Count;
        }

        session.Progress.Pending = pending;
        await session.Save(); // 3.
        await MovePending(session, cancellationToken); // 4. and 5.
    }

    private PendingRow PendingRow(KeyId to, Token token, byte[] element) =>
        new()
        {
            Token = ByteString.CopyFrom(token.ToArray()),
            NextToken = ByteString.CopyFrom(TokenDerivation.FromElement(to, element).ToArray()),
            NextSealedElement = ByteString.CopyFrom(vault.Seal(to, element)),
        };

    private async Task MovePending(RotationSession session, CancellationToken cancellationToken)
    {
        if (session.Progress.Pending is not { } pending)
        {
            return;
        }

        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Value.MaxParallelRows,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(
            pending.Rows,
            parallel,
            async (row, cancelled) => await Move(session.Progress, row, cancelled)
        );
        session.Progress.Sequences[pending.Shard] = pending.Sequence;
        session.Progress.Pending = null;
        await session.Save();
    }

    private async Task Move(RotationProgress progress, PendingRow row, CancellationToken cancellationToken)
    {
        var move = new MoveCommand(
            progress.FromKeyId,
            [],
            row.NextToken.ToByteArray(),
            progress.ToKeyId,
            row.NextSealedElement.ToByteArray(),
            ByRotation: true
        );
        var indicator = grains.GetGrain<IIndicatorGrain>(new Token(row.Token.Span).ToKeyString());
        for (var attempt = 1; await indicator.Move(move, cancellationToken) is { } refused; attempt++)
        {
            if (refused.Reason == ErrorReason.Internal || attempt == MaxAttempts)
            {
                throw new InvalidOperationException($"A row could not move in {attempt} attempts: {refused.Reason}.");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
