using System.Security.Cryptography;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.Benchmarks.TransparencyLog;

/// <summary>How fast one core verifies a log, beside the bare SHA-256 that cannot be avoided.</summary>
/// <remarks>
/// Bare is what the runtime's SHA-256 takes for messages of the same lengths and nothing else: one of 93 bytes an entry (a
/// zero byte and the entry), one of 65 a node. The verifier reads, hashes, compares with every tile and compares the roots.
/// Its goal is 0.7 of bare.
/// </remarks>
internal static class LogVerifyBenchmark
{
    /// <summary>Runs it.</summary>
    /// <param name="count">The number of entries.</param>
    public static Report Run(int count)
    {
        var log = new MemoryLog(count);
        var options = new LogVerifierOptions { Policy = new CheckpointPolicy([log.Key], [], 0), Parallelism = 1 };
        List<Measurement> measured =
        [
            .. Timing.Measure(
                [
                    new TimedCase("bare SHA-256, an entry", count, _ => HashBare(log, count), count),
                    new TimedCase("LogVerifier, an entry", count, _ => Verify(log, options), count),
                    new TimedCase("MerkleFrontier, an entry", count, _ => Append(log, count), count),
                ],
                ProcessorTime.OfProcess // The verifier reads bundles on threads of the pool.
            ),
        ];
        return Report.Of(
            $"verification of a log of {count} entries of {MemoryLog.EntryBytes} bytes on one core",
            [
                .. measured,
                Ratio("LogVerifier, of bare SHA-256", measured[0], measured[1]),
                Ratio("MerkleFrontier, of bare SHA-256", measured[0], measured[2]),
                Measurement.Once("LogVerifier, entries a second", "k/s", 1_000_000 / measured[1].Median),
            ]
        );
    }

    private static Measurement Ratio(string name, Measurement bare, Measurement subject) =>
        Measurement.Once(name, "ratio", bare.Median / subject.Median);

    // The messages lie side by side, so they are hashed where they are: nothing is copied or put together.
    private static long HashBare(MemoryLog log, int count)
    {
        Span<byte> hash = stackalloc byte[MerkleHash.Size];
        for (var i = 0; i < count; i++)
        {
            var at = Math.Min(i * MemoryLog.EntryBytes, log.Entries.Length - MemoryLog.EntryBytes - 1);
            SHA256.HashData(log.Entries.AsSpan(at, MemoryLog.EntryBytes + 1), hash);
            SHA256.HashData(log.Entries.AsSpan(at, 1 + (2 * MerkleHash.Size)), hash);
        }

        return count;
    }

    private static long Append(MemoryLog log, int count)
    {
        var frontier = new MerkleFrontier();
        for (var i = 0; i < count; i++)
        {
            frontier.Append(MerkleHashing.HashLeaf(log.EntryAt(i)));
        }

        return frontier.Size;
    }

    private static long Verify(MemoryLog log, LogVerifierOptions options)
    {
        // A timed case is synchronous, and so is this one: the log is in memory and one core verifies, so nothing is ever waited for.
        var result = new LogVerifier(log, options).VerifyAsync(null, CancellationToken.None).GetAwaiter().GetResult();
        return result.IsIntact
            ? result.Checkpoint!.Checkpoint.Size
            : throw new InvalidOperationException($"The log is not intact: {result.Findings[0]}");
    }
}
