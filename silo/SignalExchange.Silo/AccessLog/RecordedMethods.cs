using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.AccessLog;

/// <summary>What is recorded, and how long its detail is kept.</summary>
internal static class RecordedMethods
{
    private const string Unknown = "/unknown";
    private const string EnrolMember = "/signalexchange.v1.MemberService/EnrolMember";
    private const string HealthPrefix = "/grpc.health.v1.";
    private const string SignalPrefix = "/signalexchange.v1.SignalService/";
    private const string TemplatePrefix = "/signalexchange.v1.TemplateService/";
    private const string KeyPrefix = "/signalexchange.v1.KeyService/";

    /// <summary>Whether a method's calls are recorded: all but the probes of load balancers, which tell nobody anything.</summary>
    public static bool Contains(string method) => !method.StartsWith(HealthPrefix, StringComparison.Ordinal);

    /// <summary>Whether this exchange has such a method.</summary>
    public static bool IsKnown(string method) => MethodRoles.All.ContainsKey(method) || method == EnrolMember;

    /// <summary>Returns what stands in an entry for a path that somebody called: its own name only if it is a method's.</summary>
    /// <remarks>Whatever else is called may hold anything, also what must not be kept.</remarks>
    public static string NameOf(string path) => IsKnown(path) ? path : Unknown;

    /// <summary>Whether a method's batches are recorded one by one by its handler, since its stream may last for days.</summary>
    public static bool HasBatches(string method) =>
        method is SignalPrefix + "SubmitStream" or SignalPrefix + "CheckStream" or TemplatePrefix + "MatchAdsStream";

    /// <summary>Returns how long the detail of a call is kept.</summary>
    public static LogRetention RetentionOf(string method) =>
        method.StartsWith(SignalPrefix, StringComparison.Ordinal)
        || method.StartsWith(TemplatePrefix, StringComparison.Ordinal)
        || method.StartsWith(KeyPrefix, StringComparison.Ordinal)
        || method == Unknown
            ? LogRetention.Traffic
            : LogRetention.Administration;
}
