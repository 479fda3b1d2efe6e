using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Anomalies.Rules;

/// <summary>A burst of refused calls: a stolen key that is tried out, or a program that is broken.</summary>
/// <remarks>Measures refused calls. Callers without valid credentials only claim to be a member, and are counted apart from it.</remarks>
internal sealed class RefusalsRule(AnomalyOptions options) : StatefulRule<WindowState>
{
    public override AnomalyRule Rule => AnomalyRule.Refusals;

    public override TimeSpan Memory => options.RefusalWindow;

    public override IEnumerable<string> SubjectsOf(AuditedEntry entry) =>
        entry.Actor.Kind == ActorKind.System
            ? []
            : [(entry.Actor.Kind == ActorKind.Unknown ? "claimed:" : "") + entry.Actor.MemberId];

    protected override Finding? Look(WindowState state, AuditedEntry entry)
    {
        state.Add(entry, options.RefusalWindow, 1, entry.IsAnswered ? 0 : 1);
        var (calls, refused) = state.Sums();
        return refused >= options.RefusalMinCalls && refused * 100 >= calls * options.RefusalMinPercent
            ? state.Tell(entry, options.RefusalWindow, refused, options.RefusalMinCalls)
            : null;
    }
}
