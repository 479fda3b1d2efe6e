using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using SignalExchange.Storage.Postgres.Connections;

namespace SignalExchange.Storage.Postgres.Writes;

/// <summary>The two statements of a group's transaction, sent together: one round trip, one sync of the server's log.</summary>
/// <remarks>
/// 1. Lock the heads, in their order, so that two silos can't wait for each other. 2. Judge each commit and write those that
/// are good. The second one's snapshot is taken when the locks are held, and whoever changes a shard's rows holds its head's
/// lock: so what is judged is what stands there, and nothing is written that must be taken back.
/// </remarks>
internal static class CommitStatements
{
    private const string Lock = "SELECT FROM shard_head WHERE shard = ANY ($1) ORDER BY shard FOR NO KEY UPDATE";

    private const string LockFree =
        "SELECT shard FROM shard_head WHERE shard = ANY ($1) ORDER BY shard FOR NO KEY UPDATE SKIP LOCKED";

    // The numbers of the outcomes are those of CommitOutcome. A scalar subquery, where a join would do: it can only go by the
    // index, whatever the planner believes about the tables' sizes.
    private const string JudgeAndWrite = """
        WITH wanted AS (
          SELECT * FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY
            AS wanted (shard, expected, last_sequence, commit_id, changes, number)
        ), written AS (
          SELECT * FROM unnest($6, $7, $8, $9, $10) AS written (number, token, expected, version, state)
        ), stale AS (
          SELECT DISTINCT number FROM written
          WHERE expected <> coalesce((SELECT version FROM indicator WHERE indicator.token = written.token), 0)
        ), judged AS (
          SELECT wanted.*, CASE
              WHEN expected IS DISTINCT FROM (SELECT head FROM shard_head WHERE shard_head.shard = wanted.shard) THEN 1
              WHEN number IN (SELECT number FROM stale) THEN 2
              ELSE 0
            END AS outcome
          FROM wanted
        ), moved AS (
          UPDATE shard_head SET head = last_sequence FROM judged WHERE shard_head.shard = judged.shard AND outcome = 0
        ), logged AS (
          INSERT INTO shard_log (shard, last_sequence, first_sequence, commit_id, changes)
          SELECT shard, last_sequence, expected + 1, commit_id, changes FROM judged WHERE outcome = 0
        ), stated AS (
          INSERT INTO indicator (token, version, state)
          SELECT token, written.version, state FROM written JOIN judged USING (number) WHERE outcome = 0
          ON CONFLICT (token) DO UPDATE SET version = excluded.version, state = excluded.state
        )
        SELECT outcome FROM judged ORDER BY number
        """;

    /// <summary>Runs the transaction.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="group">The commits, at most one a shard.</param>
    /// <returns>What became of each, in order.</returns>
    public static async Task<CommitOutcome[]> RunAsync(NpgsqlConnection connection, IReadOnlyList<PendingCommit> group)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { LockHeads(group), Commit(group) } };
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        var outcomes = new List<CommitOutcome>(group.Count);
        while (await reader.ReadAsync())
        {
            outcomes.Add((CommitOutcome)reader.GetInt32(0));
        }

        // The transaction commits when all has been read; what it says then must come before anybody is told.
        await reader.CloseAsync();
        return [.. outcomes];
    }

    /// <summary>Finds the shards whose heads nobody holds at the moment. Waits for nobody, and holds none itself.</summary>
    public static async Task<IReadOnlySet<int>> FindFreeAsync(
        NpgsqlConnection connection,
        IReadOnlyList<PendingCommit> group,
        CancellationToken cancellationToken
    )
    {
        await using var command = Parameters.Command(connection, LockFree, ShardsOf(group));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var free = new HashSet<int>(group.Count);
        while (await reader.ReadAsync(cancellationToken))
        {
            free.Add(reader.GetInt32(0));
        }

        return free;
    }

    private static NpgsqlBatchCommand LockHeads(IReadOnlyList<PendingCommit> group) =>
        new(Lock) { Parameters = { ShardsOf(group) } };

    private static NpgsqlParameter ShardsOf(IReadOnlyList<PendingCommit> group) =>
        Parameters.Array(NpgsqlDbType.Integer, group, static it => it.Commit.Row.Shard.Number);

    private static NpgsqlBatchCommand Commit(IReadOnlyList<PendingCommit> group)
    {
        var writes = group
            .SelectMany(static (it, i) => it.Commit.Indicators.Select(write => (Number: i + 1L, Write: write)))
            .ToArray();
        return new(JudgeAndWrite)
        {
            Parameters =
            {
                ShardsOf(group),
                Parameters.Array(NpgsqlDbType.Bigint, group, static it => it.Commit.ExpectedHead),
                Parameters.Array(NpgsqlDbType.Bigint, group, static it => it.Commit.Row.LastSequence),
                Parameters.Array(NpgsqlDbType.Uuid, group, static it => CommitIdOf(it.Commit.Row.CommitId)),
                Parameters.Array(NpgsqlDbType.Bytea, group, static it => it.Changes),
                Parameters.Array(NpgsqlDbType.Bigint, writes, static it => it.Number),
                Parameters.Array(NpgsqlDbType.Bytea, writes, static it => it.Write.Token.ToArray()),
                Parameters.Array(NpgsqlDbType.Bigint, writes, static it => it.Write.ExpectedVersion),
                Parameters.Array(NpgsqlDbType.Bigint, writes, static it => it.Write.NewVersion),
                Parameters.Array(NpgsqlDbType.Bytea, writes, static it => it.Write.State),
            },
        };
    }

    /// <summary>Returns a commit's id as the database has it.</summary>
    public static Guid CommitIdOf(UInt128 id)
    {
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<UInt128>()];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        return new(bytes, bigEndian: true);
    }

    /// <summary>Returns a commit's id from what the database has.</summary>
    public static UInt128 CommitIdOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[Unsafe.SizeOf<UInt128>()];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
