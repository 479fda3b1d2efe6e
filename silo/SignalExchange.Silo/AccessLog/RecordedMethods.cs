using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.AccessLog;

/// <summary>What is recorded, and how long its detail is kept.</summary>
internal static class RecordedMethods
{
    private const string HealthPrefix = "/grpc.health.v1.";
    private const string SignalPrefix = "/signalexchange.v1.SignalService/";
    private const string KeyPrefix = "/signalexchange.v1.KeyService/";

    /// <summary>Whether a method's calls are recorded: all but the probes of load balancers, which tell nobody anything.</summary>
    public static bool Contains(string method) => !method.StartsWith(HealthPrefix, StringComparison.Ordinal);

    /// <summary>Whether a method's batches are recorded one by one by its handler, since its stream may last for days.</summary>
    public static bool HasBatches(string method) =>
        method is SignalPrefix + "SubmitStream" or SignalPrefix + "CheckStream";

    /// <summary>Returns how long the detail of a call is kept.</summary>
    public static LogRetention RetentionOf(string method) =>
        method.StartsWith(SignalPrefix, StringComparison.Ordinal)
        || method.StartsWith(KeyPrefix, StringComparison.Ordinal)
            ? LogRetention.Traffic
            : LogRetention.Administration;
}
