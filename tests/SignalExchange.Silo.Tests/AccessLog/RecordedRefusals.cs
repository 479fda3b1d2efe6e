using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>Refusals, as their callers are told them and as the access log keeps them: both, or the test fails.</summary>
internal static class RecordedRefusals
{
    private const int MostEntries = 1_000;

    /// <summary>Makes a call that must be refused, and finds the refusal in the log.</summary>
    /// <returns>What the caller was told.</returns>
    public static async Task<(ErrorReason Reason, StatusCode Code)> Refusal(
        this ExchangeFixture exchange,
        Func<Task> call
    )
    {
        var before = exchange.Log.Size;
        var (reason, code, _) = await RpcErrors.Of(call);

        var entries = await exchange.EntriesSince(before);
        Assert.Contains((reason, (uint)code), entries.Select(it => (it.Reason, it.StatusCode)));
        return (reason, code);
    }

    /// <summary>Returns what entries say of calls from an index on; what was only begun is none.</summary>
    public static async Task<List<AccessLogDetail>> EntriesSince(this ExchangeFixture exchange, long index) =>
        [.. (await exchange.AllEntriesSince(index)).Where(it => !it.IsBegun)];

    /// <summary>Returns what all entries say from an index on.</summary>
    public static async Task<List<AccessLogDetail>> AllEntriesSince(this ExchangeFixture exchange, long index) =>
        await exchange
            .Log.ReadAsync(index, MostEntries, TestContext.Current.CancellationToken)
            .Select(it => it.Detail!)
            .ToListAsync(TestContext.Current.CancellationToken);
}
