using System.Diagnostics.Metrics;

namespace SignalExchange.Storage.Sqlite;

/// <summary>What the embedded storage tells a dashboard, on the meter <see cref="MeterName"/>; nothing while it is closed.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>signalexchange.storage.size</term><description>bytes of the database and its write-ahead log</description></item>
/// <item><term>signalexchange.storage.available</term><description>bytes by which it may still grow; alert when it is low</description></item>
/// <item><term>signalexchange.storage.waiting_writes</term><description>writes that wait for the disk</description></item>
/// <item><term>signalexchange.storage.transactions</term><description>transactions since the start, whatever became of them</description></item>
/// <item><term>signalexchange.storage.writable</term><description>1 when the last write was written, 0 when it failed; alert at 0</description></item>
/// </list>
/// </remarks>
internal sealed class SqliteMetrics : IDisposable
{
    /// <summary>The meter's name, the same for every engine.</summary>
    public const string MeterName = "SignalExchange.Storage";

    private const string Prefix = "signalexchange.storage.";

    private readonly Meter _meter;

    /// <summary>Creates the instruments.</summary>
    /// <param name="scope">Whose meter it is, where a process has several stores.</param>
    /// <param name="session">The open storage; null while it is closed.</param>
    /// <param name="maxBytes">How large the database may grow; null for as large as the disk.</param>
    public SqliteMetrics(object scope, Func<SqliteSession?> session, long? maxBytes)
    {
        _meter = new(new MeterOptions(MeterName) { Scope = scope });
        _meter.CreateObservableUpDownCounter(
            Prefix + "size",
            () => Of(session, it => it.FileBytes),
            "By",
            "Bytes of the database and its write-ahead log."
        );
        _meter.CreateObservableUpDownCounter(
            Prefix + "available",
            () => Of(session, it => it.Available(maxBytes)),
            "By",
            "Bytes by which the database may still grow."
        );
        _meter.CreateObservableUpDownCounter(
            Prefix + "waiting_writes",
            () => Of(session, it => it.Writer.Waiting),
            "{write}",
            "Writes that wait for the disk."
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

    private static IEnumerable<Measurement<long>> Of(Func<SqliteSession?> session, Func<SqliteSession, long> measure) =>
        session() is { } open ? [new(measure(open))] : [];
}
