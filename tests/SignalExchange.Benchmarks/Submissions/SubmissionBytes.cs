using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Shards;
using SignalExchange.Storage;

namespace SignalExchange.Benchmarks.Submissions;

/// <summary>How many bytes the exchange writes for one submission on a new indicator: as many as a bare side is to write.</summary>
internal static class SubmissionBytes
{
    // No key of that name is needed; it is as long as that of a first key.
    private static readonly ShardWrite Indicator = StoreFiller.NewIndicator(
        new KeyId(IndicatorType.PhoneE164, Epoch: 1, Fingerprint: ulong.MaxValue).ToString()
    );

    /// <summary>Gets those of the indicator's state.</summary>
    public static int State => Indicator.State.Length;

    /// <summary>Gets those of its change in the log's row: what happened, with the token and the summary before it.</summary>
    public static int Change => LogRowCodec.Measure(Indicator.Detail.Length);
}
