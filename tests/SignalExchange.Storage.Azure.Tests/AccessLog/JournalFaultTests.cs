using Azure.Core;
using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Azure.Tests.Faults;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.AccessLog;

/// <summary>Replies that are lost, requests that come late, and processes that die: no entry is lost, none is there twice.</summary>
public sealed class JournalFaultTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Log = "silo-1";

    private AzureAccessLogUnderTest _storage = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _storage = await AzureAccessLogUnderTest.OpenAsync(azurite.Azurite, Ct);

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Fact]
    public async Task Records_whose_reply_is_lost_are_found_in_the_journal()
    {
        var isLost = false;
        var (store, lease, fault) = await TakenAsync(
            async (_, send) =>
            {
                await send();
                if (!isLost)
                {
                    isLost = true;
                    throw Fault.Lost();
                }
            }
        );

        await store.AppendAsync(lease, 2, AccessLogRecords.From(2, 3), Ct);

        fault.IsOn = false;
        await AssertHoldsAsync(5);
        await store.AppendAsync(lease, 5, AccessLogRecords.From(5, 1), Ct);
        await AssertHoldsAsync(6);
    }

    [Fact]
    public async Task Records_that_never_arrived_are_not_there_and_cannot_arrive_later()
    {
        KeptRequest? late = null;
        var (store, lease, _) = await TakenAsync(
            async (message, send) =>
            {
                if (late is null)
                {
                    late = await KeptRequest.OfAsync(message.Request);
                    throw Fault.Lost();
                }

                await send();
            }
        );

        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await store.AppendAsync(lease, 2, AccessLogRecords.From(2, 3), Ct)
        );
        await AssertHoldsAsync(2);
        Assert.Contains("ConditionNotMet", await late!.SendAsync(), StringComparison.Ordinal);

        await AssertHoldsAsync(2);
        await store.AppendAsync(lease, 2, AccessLogRecords.From(2, 1), Ct);
        await AssertHoldsAsync(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Outcome_is_unknown_while_the_service_cannot_be_asked_and_certain_when_it_is_asked(bool arrives)
    {
        KeptRequest? late = null;
        var (store, lease, fault) = await TakenAsync(
            async (message, send) =>
            {
                if (Fault.IsAppend(message) && late is null)
                {
                    late = await KeptRequest.OfAsync(message.Request);
                    await (arrives ? send() : default);
                }

                throw Fault.Lost();
            },
            ofAppends: false
        );

        await Assert.ThrowsAsync<CommitUnknownException>(async () =>
            await store.AppendAsync(lease, 2, AccessLogRecords.From(2, 3), Ct)
        );
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await store.ReadExtentAsync(Log, Ct));

        // What the writer asks first once the service is back; from then on nothing changes any more.
        fault.IsOn = false;
        var size = (await store.ReadExtentAsync(Log, Ct)).Size;
        Assert.Equal(arrives ? 5 : 2, size);
        await late!.SendAsync();
        await AssertHoldsAsync(size);
        await store.AppendAsync(lease, size, AccessLogRecords.From(size, 1), Ct);
        await AssertHoldsAsync(size + 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Log_of_a_process_that_dies_at_any_of_its_requests_goes_on_where_it_stood(bool arrives)
    {
        var isOver = false;
        for (var death = 0; !isOver; death++)
        {
            await using var storage = await AzureAccessLogUnderTest.OpenAsync(azurite.Azurite, Ct);
            var requests = 0;
            var fault = new Fault(
                async (_, send) =>
                {
                    var request = requests++;
                    if (request < death || (request == death && arrives))
                    {
                        await send();
                    }

                    if (request >= death)
                    {
                        throw new ProcessDiedException();
                    }
                }
            )
            {
                IsOn = false,
            };
            var store = await storage.OpenStoreAsync(fault);
            fault.IsOn = true;

            var life = new LogLife(Log);
            isOver = await life.LiveAsync(store);

            await life.AssertGoesOnAsync(await storage.OpenStoreAsync());
        }
    }

    // A log that has two entries, and a store on it whose appends, or all requests, meet a fault.
    private async Task<(IAccessLogStore Store, AccessLogLease Lease, Fault Fault)> TakenAsync(
        Func<HttpMessage, Func<ValueTask>, ValueTask> act,
        bool ofAppends = true
    )
    {
        var fault = new Fault((message, send) => !ofAppends || Fault.IsAppend(message) ? act(message, send) : send())
        {
            IsOn = false,
        };
        var store = await _storage.OpenStoreAsync(fault);
        var lease = await store.AcquireAsync(Log, Ct);
        await store.AppendAsync(lease, 0, AccessLogRecords.From(0, 2), Ct);
        fault.IsOn = true;
        return (store, lease, fault);
    }

    // As another process sees it.
    private async Task AssertHoldsAsync(long size)
    {
        await using var reader = await _storage.OpenStoreAsync();
        Assert.Equal(size, (await reader.ReadExtentAsync(Log, Ct)).Size);
        var records = await reader.ReadAsync(Log, 0, 100, Ct);
        Assert.Equal(
            AccessLogRecords.From(0, (int)size).Select(it => Convert.ToHexString(it.Entry.Span)),
            records.Select(it => Convert.ToHexString(it.Entry.Span))
        );
    }
}
