using System.Diagnostics;
using System.Diagnostics.Metrics;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Keys;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Telemetry;

/// <summary>The SDK's spans and metrics. Tags come from closed sets: an operation, a kind of identifier, why something failed.</summary>
internal static class ClientTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "SignalExchange.Client";

    internal const string OperationTag = "signalexchange.operation";
    internal const string TypeTag = "signalexchange.indicator_type";
    internal const string ItemsTag = "signalexchange.items";
    internal const string ResultTag = "signalexchange.result";
    internal const string ErrorTag = "error.type";

    private static readonly string? Version = typeof(ClientTelemetry).Assembly.GetName().Version?.ToString(3);
    private static readonly ActivitySource Source = new(Name, Version);
    private static readonly Meter Meter = new(Name, Version);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "signalexchange.client.operation.duration",
        "s",
        "How long a call of the SDK, or a batch of a stream, took: tokens, retries and waiting included."
    );

    private static readonly Counter<long> Items = Meter.CreateCounter<long>(
        "signalexchange.client.items",
        "{item}",
        "Identifiers, tokens, submissions and withdrawals that were worked on."
    );

    private static readonly Counter<long> Batches = Meter.CreateCounter<long>(
        "signalexchange.client.batches",
        "{batch}",
        "Requests with items of one type that were answered."
    );

    private static readonly Counter<long> CacheLookups = Meter.CreateCounter<long>(
        "signalexchange.client.token_cache.lookups",
        "{token}",
        "Tokens that were looked for in the cache; a miss costs an evaluation."
    );

    private static readonly Counter<long> Reconnects = Meter.CreateCounter<long>(
        "signalexchange.client.stream.reconnects",
        "{reconnect}",
        "Streams that broke and were opened again."
    );

    /// <summary>Does something within a span, and records how long it took and how it ended.</summary>
    public static async Task<T> MeasureAsync<T>(ClientOperation operation, int items, Func<Task<T>> act)
    {
        var name = NameOf(operation);
        using var activity = Source.StartActivity($"signalexchange {name}", ActivityKind.Internal);
        activity?.SetTag(OperationTag, name).SetTag(ItemsTag, items);
        var tags = new TagList { { OperationTag, name } };
        var started = Stopwatch.GetTimestamp();
        try
        {
            return await act().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            var type = ErrorTypeOf(failure);
            tags.Add(ErrorTag, type);
            activity?.SetTag(ErrorTag, type).SetStatus(ActivityStatusCode.Error);
            throw;
        }
        finally
        {
            Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
            Items.Add(items, tags);
        }
    }

    public static void CountBatch(ClientOperation operation, IndicatorType type) =>
        Batches.Add(1, new(OperationTag, NameOf(operation)), new(TypeTag, type.ToString()));

    public static void CountLookups(int hits, int misses)
    {
        CacheLookups.Add(hits, new KeyValuePair<string, object?>(ResultTag, "hit"));
        CacheLookups.Add(misses, new KeyValuePair<string, object?>(ResultTag, "miss"));
    }

    public static void CountReconnect(string stream) =>
        Reconnects.Add(1, new KeyValuePair<string, object?>(OperationTag, stream));

    internal static string NameOf(ClientOperation operation) =>
        operation switch
        {
            ClientOperation.MakeTokens => "make_tokens",
            ClientOperation.Check => "check",
            ClientOperation.CheckTokens => "check_tokens",
            ClientOperation.Get => "get",
            ClientOperation.Submit => "submit",
            ClientOperation.Withdraw => "withdraw",
            ClientOperation.RegisterTemplate => "register_template",
            ClientOperation.GrowTemplate => "grow_template",
            ClientOperation.WithdrawTemplate => "withdraw_template",
            ClientOperation.GetTemplates => "get_templates",
            ClientOperation.MatchAds => "match_ads",
            _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
        };

    private static string ErrorTypeOf(Exception failure) =>
        failure switch
        {
            SignalExchangeException { Refusal: { } refusal } => ErrorCatalog.NameOf(refusal.Reason),
            SignalExchangeException other => other.StatusCode.ToString(),
            ProofInvalidException => "PROOF_INVALID",
            KeyPinMismatchException => "KEY_PIN_MISMATCH",
            OperationCanceledException => "CANCELLED",
            _ => "OTHER",
        };
}
