using System.Security.Cryptography;
using SignalExchange.Index.Tables;

namespace SignalExchange.Index.Tests.Tables;

/// <summary>A table in which every other entry stays and the others come and go, so that it grows and shrinks in waves.</summary>
internal sealed class WavingTable
{
    private const int RandomNumbers = 4096;

    private readonly int _entries;
    private readonly ulong _distance;
    private readonly uint _firstSummary;
    private readonly ShardTable _table;

    public WavingTable(int entries, ulong distance, uint firstSummary, RegionPool pool)
    {
        (_entries, _distance, _firstSummary) = (entries, distance, firstSummary);
        _table = new(new Lines[1], place: 0, pool);
        for (var i = 0; i < entries; i += 2)
        {
            _table.Set(FingerprintOf(i), SummaryOf(i));
        }
    }

    public void Write(int changes)
    {
        var (random, standing) = (new byte[sizeof(uint) * RandomNumbers], new bool[_entries]);
        for (var change = 0; change < changes; change++)
        {
            if (change % RandomNumbers == 0)
            {
                RandomNumberGenerator.Fill(random);
            }

            var number = BitConverter.ToUInt32(random, change % RandomNumbers * sizeof(uint));
            var i = ((int)(number % (_entries / 2)) * 2) + 1;
            standing[i] = !standing[i] && (change / (2 * _entries) % 2 == 0 || change % 8 == 0);
            _table.Set(FingerprintOf(i), standing[i] ? SummaryOf(i) : 0);
        }
    }

    /// <summary>What stays must be there, and whatever is there must have its own summary.</summary>
    public void AssertHolds(int round)
    {
        for (var i = 0; i < _entries; i++)
        {
            var summary = _table.Find(FingerprintOf(i));
            if (summary != SummaryOf(i) && (i % 2 == 0 || summary != 0))
            {
                Assert.Fail($"Entry {i} was seen with {summary} in round {round}; it has {SummaryOf(i)}.");
            }
        }
    }

    private Fingerprint FingerprintOf(int i) => new(_distance * (ulong)i);

    private uint SummaryOf(int i) => _firstSummary + (uint)i;
}
