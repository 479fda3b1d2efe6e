using SignalExchange.Audit.Search;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies.Rules;

/// <summary>One key from two addresses within a short time: it was copied, or more machines share it than should.</summary>
/// <remarks>Measures places. Pseudonyms of addresses differ between months by themselves, so places are compared within one.</remarks>
internal sealed class TwoPlacesRule(AnomalyOptions options) : StatefulRule<PlacesState>
{
    private const int TooManyPlaces = 2;

    public override AnomalyRule Rule => AnomalyRule.TwoPlaces;

    public override TimeSpan Memory => options.TwoPlacesWindow;

    public override IEnumerable<string> SubjectsOf(AuditedEntry entry) =>
        entry.Actor is { Kind: not ActorKind.Unknown, KeyThumbprint.Length: > 0, SourcePseudonym.IsEmpty: false }
            ? [entry.Actor.KeyThumbprint]
            : [];

    protected override Finding? Look(PlacesState state, AuditedEntry entry)
    {
        var window = (long)options.TwoPlacesWindow.TotalMilliseconds;
        var place = Convert.ToHexStringLower(entry.Actor.SourcePseudonym.Span);
        state.Places.RemoveAll(it => it.Place == place || it.Time <= entry.Time - window || it.Period != entry.Period);
        state.Places.Add(new(place, entry.Period, entry.Time, entry.Index));
        if (state.Places.Count > Limits.MaxAlarmEntries)
        {
            state.Places.RemoveAt(0);
        }

        if (state.Places.Count < TooManyPlaces || entry.Time < state.QuietUntil)
        {
            return null;
        }

        state.QuietUntil = entry.Time + window;
        var indexes = state.Places.Select(it => it.Index).ToList();
        return new(state.Places.Count, TooManyPlaces, indexes[0], indexes, IsAboutKey: true);
    }
}
