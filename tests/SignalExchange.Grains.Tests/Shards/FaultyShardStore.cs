using System.Runtime.CompilerServices;
using SignalExchange.Storage;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Grains.Tests.Shards;

/// <summary>A store in front of a real one, whose next commits fail as told.</summary>
internal sealed class FaultyShardStore(IShardStore inner) : ForwardingShardStore(inner)
{
    private readonly Queue<Func<IShardStore, ShardCommit, Task<CommitOutcome>>> _faults = new();

    private bool _losesLook;

    /// <summary>Holds commits back while it is set, so that a group can gather.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public int Commits { get; private set; }

    /// <summary>Gets or sets whether nobody can read a shard's head, so that no shard can be opened.</summary>
    public bool HidesHeads { get; set; }

    /// <summary>Gets or sets the largest commit that it takes.</summary>
    public ShardCommitLimits MaxCommit { get; set; } = ShardCommitLimits.None;

    public override ShardCommitLimits Limits => MaxCommit;

    /// <summary>The commit happens and its reply is lost.</summary>
    public void LoseNextReply() =>
        _faults.Enqueue(
            async (store, commit) =>
            {
                await store.CommitAsync(commit, CancellationToken.None);
                throw new CommitUnknownException();
            }
        );

    /// <summary>The commit does not happen, and nobody says so.</summary>
    public void LoseNextCommit() => _faults.Enqueue((_, _) => throw new CommitUnknownException());

    /// <summary>The commit happens and its reply is lost, and so is the look at the log that follows.</summary>
    public void LoseNextReplyAndLook()
    {
        LoseNextReply();
        _losesLook = true;
    }

    /// <summary>Lets so many commits happen, and the next one fail.</summary>
    /// <param name="good">How many happen.</param>
    /// <param name="fault">"lose-reply", "lose-commit" or "refuse".</param>
    public void FailAfter(int good, string fault)
    {
        for (var commit = 0; commit < good; commit++)
        {
            _faults.Enqueue((store, it) => store.CommitAsync(it, CancellationToken.None));
        }

        Action fail = fault switch
        {
            "lose-reply" => LoseNextReply,
            "lose-commit" => LoseNextCommit,
            _ => RefuseNextCommit,
        };
        fail();
    }

    public void RefuseNextCommit() => _faults.Enqueue((_, _) => throw new StorageUnavailableException());

    public override async Task<CommitOutcome> CommitAsync(ShardCommit commit, CancellationToken cancellationToken)
    {
        if (Gate is { } gate)
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        Commits++;
        return _faults.TryDequeue(out var fault)
            ? await fault(Inner, commit)
            : await base.CommitAsync(commit, cancellationToken);
    }

    public override ValueTask<long> ReadHeadAsync(Shard shard, CancellationToken cancellationToken) =>
        HidesHeads ? throw new StorageUnavailableException() : base.ReadHeadAsync(shard, cancellationToken);

    public override ValueTask<long[]> ReadHeadsAsync(CancellationToken cancellationToken) =>
        HidesHeads ? throw new StorageUnavailableException() : base.ReadHeadsAsync(cancellationToken);

    public override async IAsyncEnumerable<LogRow> ReadLogAsync(
        Shard shard,
        long afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (_losesLook)
        {
            _losesLook = false;
            throw new StorageUnavailableException();
        }

        await foreach (var row in Inner.ReadLogAsync(shard, afterSequence, cancellationToken))
        {
            yield return row;
        }
    }
}
