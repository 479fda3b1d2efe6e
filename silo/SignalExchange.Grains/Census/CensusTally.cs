using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Census;

/// <summary>Counts indicators as they are walked by. One thread.</summary>
/// <param name="standing">Which members left with their signals.</param>
/// <param name="now">As of when.</param>
public sealed class CensusTally(IMemberStanding standing, DateTimeOffset now)
{
    private const int MostMembers = 5;
    private static readonly uint[] AgesInDays = [1, 7, 30, 90, 365, 0];

    private readonly SortedDictionary<ExploitationCategory, ulong> _categories = [];
    private readonly SortedDictionary<IndicatorType, TypeCount> _types = [];
    private readonly SortedDictionary<DetectionMethod, ulong> _methods = [];
    private readonly ulong[] _ages = new ulong[AgesInDays.Length];
    private readonly ulong[] _overlaps = new ulong[MostMembers];
    private readonly RetractionTally _retractions = new(now);
    private readonly SortedDictionary<string, OwnTally> _members = new(StringComparer.Ordinal);

    /// <summary>Counts an indicator.</summary>
    public void Add(IndicatorState indicator)
    {
        var spoken = indicator.Signals.Where(signal => !signal.Test).ToList();
        var live = spoken.Where(IsLive).ToList();
        AddIndicator(live);
        live.ForEach(AddLive);
        foreach (var signal in indicator.Signals)
        {
            Own(signal.Owner).Add(signal, live, now);
        }

        foreach (var signal in spoken.Where(signal => signal.State == SignalState.Retracted))
        {
            _retractions.Add(signal);
        }
    }

    /// <summary>Returns what was counted.</summary>
    /// <param name="took">How long that took.</param>
    public SignalCensus ToCensus(TimeSpan took) =>
        new()
        {
            TakenAt = now.ToTimestamp(),
            TookMilliseconds = (ulong)took.TotalMilliseconds,
            LiveSignals = _ages.Aggregate(0ul, static (sum, count) => sum + count),
            Indicators = _overlaps.Aggregate(0ul, static (sum, count) => sum + count),
            SharedIndicators = _overlaps.Skip(1).Aggregate(0ul, static (sum, count) => sum + count),
            Categories = { _categories.Select(it => new CategoryCount { Category = it.Key, Signals = it.Value }) },
            IndicatorTypes = { _types.Values },
            Methods = { _methods.Select(it => new MethodCount { Method = it.Key, Signals = it.Value }) },
            Ages = { AgesInDays.Zip(_ages, (days, count) => new AgeCount { UnderDays = days, Signals = count }) },
            Overlaps =
            {
                _overlaps.Select((count, place) => new OverlapCount { Members = (uint)place + 1, Indicators = count }),
            },
            Members = { _members.Values.Select(own => own.ToTotals()).Where(totals => totals.Said > 0) },
            Retractions = { _retractions.Counts() },
            NewestRetractions = { _retractions.Newest() },
        };

    /// <summary>Returns what each member's administrators are shown.</summary>
    public IEnumerable<OwnSignalsState> Owns() => _members.Values.Select(own => own.ToState(now));

    // A member that left with its signals is silent from that moment on, whatever was stored.
    private bool IsLive(Signal signal) => signal.IsLive(now) && !standing.HasWithdrawn(signal.Owner);

    private void AddIndicator(List<Signal> live)
    {
        if (live.Count == 0)
        {
            return;
        }

        _overlaps[Math.Min(live.Count, MostMembers) - 1]++;
        var type = TypeOf(live[0].Type);
        type.Indicators++;
        type.SharedIndicators += live.Count > 1 ? 1ul : 0;
    }

    private void AddLive(Signal signal)
    {
        TypeOf(signal.Type).Signals++;
        var age = now - signal.SubmittedAt.ToDateTimeOffset();
        _ages[Array.FindIndex(AgesInDays, days => days == 0 || age < TimeSpan.FromDays(days))]++;
        Count(_methods, signal.Statement.DetectionMethod);
        foreach (var category in signal.Statement.Categories.Distinct())
        {
            Count(_categories, category);
        }
    }

    private TypeCount TypeOf(IndicatorType type) =>
        _types.TryGetValue(type, out var known) ? known : _types[type] = new() { Type = type };

    private OwnTally Own(string member) =>
        _members.TryGetValue(member, out var known) ? known : _members[member] = new(member);

    private static void Count<TKey>(SortedDictionary<TKey, ulong> counts, TKey key)
        where TKey : struct => counts[key] = counts.GetValueOrDefault(key) + 1;
}
