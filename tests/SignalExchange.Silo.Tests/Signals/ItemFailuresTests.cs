using Microsoft.Extensions.Logging.Abstractions;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Signals;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>Who is told that nothing was written, and who must find out by sending the item again.</summary>
public sealed class ItemFailuresTests
{
    public static TheoryData<Exception, ErrorReason> Failures { get; } =
        new()
        {
            { new StorageUnavailableException(), ErrorReason.StorageUnavailable },
            { NotActivated(new StorageUnavailableException()), ErrorReason.StorageUnavailable },
            { NotActivated(NotActivated(new StorageUnavailableException())), ErrorReason.StorageUnavailable },
            { new WriteQueueFullException(), ErrorReason.WriteQueueFull },
            { new TimeoutException("sent, and not answered"), ErrorReason.WriteConflict },
            { new OrleansException("sent, and its silo went"), ErrorReason.WriteConflict },
            { NotActivated(new InvalidOperationException("a fault of ours")), ErrorReason.WriteConflict },
            { new InvalidOperationException("a fault of ours"), ErrorReason.Internal },
        };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void An_item_whose_write_threw_has_a_reason(Exception failure, ErrorReason reason) =>
        Assert.Equal(reason, ItemFailures.Note(failure, new Shard(7), 1, NullLogger.Instance).Reason);

    private static OrleansException NotActivated(Exception why) => new("Failed to activate a grain.", why);
}
