using System.Globalization;
using SignalExchange.Contracts;

namespace SignalExchange.Storage.Azure.Shards;

/// <summary>Where a shard's rows lie: all in one partition, so that one transaction can change them.</summary>
/// <remarks>
/// <code>
/// partition  the shard's number, four digits
/// head       the head
/// i_TOKEN    an indicator, 64 hexadecimal digits
/// l_LAST     a row of the log by its last sequence, 19 digits: they lie in order
/// </code>
/// A change here is a new <see cref="Tables.FormatRow.Format"/>.
/// </remarks>
internal static class ShardKeys
{
    public const string Head = "head";

    /// <summary>What the keys of all indicators lie behind.</summary>
    public const string Indicators = "i_";

    /// <summary>What the keys of all indicators lie in front of.</summary>
    public const string IndicatorsEnd = "i`";

    private const string Log = "l_";

    public static string Partition(Shard shard) => shard.Number.ToString("D4", CultureInfo.InvariantCulture);

    public static string Indicator(Token token) => Indicators + token.ToKeyString();

    public static Token TokenOf(string indicator) => Token.FromKeyString(indicator.AsSpan(Indicators.Length));

    public static string LogRow(long lastSequence) => Log + lastSequence.ToString("D19", CultureInfo.InvariantCulture);

    public static long LastSequenceOf(string logRow) =>
        long.Parse(logRow.AsSpan(Log.Length), NumberStyles.None, CultureInfo.InvariantCulture);
}
