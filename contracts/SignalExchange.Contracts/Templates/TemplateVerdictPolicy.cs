using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Templates;

/// <summary>What a member is told of a template that an ad fits: how well, and what those say whom it may hear.</summary>
/// <remarks>
/// In the contracts library, because the exchange and the fake that platforms test with must answer alike. Pure; safe from any thread.
/// </remarks>
public static class TemplateVerdictPolicy
{
    /// <summary>Returns how well the ad fits what the caller may hear of.</summary>
    /// <param name="signals">Signals on the template, at most one a member.</param>
    /// <param name="hits">The sketches that the ad fits.</param>
    /// <param name="caller">Whose eyes; decides visibility.</param>
    /// <param name="now">Signals expired at this instant are left out.</param>
    /// <returns>
    /// The strongest of the sketches behind which somebody stands whose live signal the caller sees; unspecified if there is none,
    /// which reads the same as no match.
    /// </returns>
    public static MatchStrength StrengthFor(
        IEnumerable<Signal> signals,
        IEnumerable<SketchHit> hits,
        Caller caller,
        DateTimeOffset now
    )
    {
        var heard = signals
            .Where(signal => signal.IsLive(now) && Visibility.CanSee(signal, caller))
            .Select(signal => signal.Owner)
            .ToHashSet(StringComparer.Ordinal);
        return heard.Count == 0
            ? MatchStrength.Unspecified
            : hits.Where(hit => hit.Owners.Count == 0 || hit.Owners.Any(heard.Contains))
                .Select(hit => hit.Strength)
                .DefaultIfEmpty()
                .Max();
    }

    /// <summary>Returns the most that may be done on a match: less than the verdict says, never more.</summary>
    /// <param name="permitted">What the verdict says.</param>
    /// <param name="strength">How well the ad fits.</param>
    /// <param name="isNew">Whether the template is still in its first days, in which nobody may act on it without review.</param>
    public static PermittedAction Limit(PermittedAction permitted, MatchStrength strength, bool isNew)
    {
        var most =
            strength == MatchStrength.Weak ? PermittedAction.LeadOnly
            : strength == MatchStrength.Strong && !isNew ? PermittedAction.MayBlock
            : PermittedAction.ReviewRequired;
        return permitted < most ? permitted : most;
    }
}
