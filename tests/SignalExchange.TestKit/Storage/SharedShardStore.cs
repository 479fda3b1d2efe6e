using SignalExchange.Storage;

namespace SignalExchange.TestKit.Storage;

/// <summary>A store that says that it is shared: for several silos in one process. Can be made to fail for one of them.</summary>
public sealed class SharedShardStore(IShardStore inner) : ForwardingShardStore(inner)
{
    private volatile Exception? _failure;

    /// <summary>Gets or sets what every call fails with from now on; null for none.</summary>
    public Exception? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    public override bool IsShared => true;

    protected override IShardStore Inner => _failure is { } failure ? throw failure : base.Inner;
}
