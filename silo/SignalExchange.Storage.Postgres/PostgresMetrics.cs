using System.Diagnostics.Metrics;

namespace SignalExchange.Storage.Postgres;

/// <summary>What the storage on PostgreSQL tells a dashboard, on the meter <see cref="MeterName"/>; nothing while it is closed.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>signalexchange.storage.size</term><description>bytes of the database, a minute old at most; every silo tells the same</description></item>
/// <item><term>signalexchange.storage.waiting_writes</term><description>commits that wait for one of this silo's writers</description></item>
/// <item><term>signalexchange.storage.transactions</term><description>this silo's transactions since its start, whatever became of them</description></item>
/// <item><term>signalexchange.storage.writable</term><description>1 when the last write was written, 0 when it failed; alert at 0</description></item>
/// </list>
/// How much room is left only the server's machine knows, so <c>signalexchange.storage.available</c> is not told: watch that machine.
/// </remarks>
internal sealed class PostgresMetrics : IDisposable
{
    /// <summary>The meter's name, the same for every engine.</summary>
    public const string MeterName = "SignalExchange.Storage";

    private const string Prefix = "signalexchange.storage.";

    private readonly Meter _meter;

    /// <summary>Creates the instruments.</summary>
    /// <param name="scope">Whose meter it is, where a process has several stores.</param>
    /// <param name="session">The open storage; null while it is closed.</param>
    public PostgresMetrics(object scope, Func<PostgresSession?> session)
    {
        _meter = new(new MeterOptions(MeterName) { Scope = scope });
        _meter.CreateObservableUpDownCounter(
            Prefix + "size",
            () => Of(session, it => it.Size.Bytes),
            "By",
            "Bytes of the database."
        );
        _meter.CreateObservableUpDownCounter(
            Prefix + "waiting_writes",
            () => Of(session, it => it.Waiting),
            "{write}",
            "Commits that wait for a writer."
        );
        _meter.CreateObservableCounter(
            Prefix + "transactions",
            () => Of(session, it => it.Transactions),
            "{transaction}",
            "Transactions, whatever became of them."
        );
        _meter.CreateObservableGauge(
            Prefix + "writable",
            () => Of(session, it => it.IsWritable ? 1 : 0),
            "1",
            "1 when the last write was written, 0 when it failed."
        );
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Of(
        Func<PostgresSession?> session,
        Func<PostgresSession, long?> measure
    ) => session() is { } open && measure(open) is { } value ? [new(value)] : [];
}
