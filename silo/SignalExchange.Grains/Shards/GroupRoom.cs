using SignalExchange.Storage;

namespace SignalExchange.Grains.Shards;

/// <summary>How much a group may still take in before it no longer fits into one transaction of the engine.</summary>
/// <param name="limits">The engine's.</param>
/// <param name="maxChanges">The most changes that the settings want in one.</param>
internal sealed class GroupRoom(ShardCommitLimits limits, int maxChanges)
{
    private readonly int _maxChanges = Math.Min(maxChanges, limits.MaxChanges);
    private int _changes;
    private long _logBytes = LogRowCodec.HeaderBytes;
    private long _stateBytes;

    /// <summary>Takes a write in.</summary>
    /// <returns>False when it does not fit any more; the group stays as it was.</returns>
    public bool TryTake(ShardWrite write)
    {
        var logBytes = _logBytes + LogRowCodec.Measure(write.Detail.Length);
        var stateBytes = _stateBytes + write.State.Length;
        if (
            _changes == _maxChanges
            || write.State.Length > limits.MaxStateBytes
            || logBytes > limits.MaxLogBytes
            || logBytes + stateBytes > limits.MaxCommitBytes
        )
        {
            return false;
        }

        (_changes, _logBytes, _stateBytes) = (_changes + 1, logBytes, stateBytes);
        return true;
    }
}
