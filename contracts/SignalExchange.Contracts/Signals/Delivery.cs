using Google.Protobuf;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Signals;

/// <summary>Whether the law of a receiver lets a signal be delivered to it, by what the signal's legal envelope says.</summary>
/// <remarks>Pure. Which laws ask what is the consortium's policy; see <see cref="Caller.DeliveryRules"/>.</remarks>
public static class Delivery
{
    private static readonly LegalEnvelope Nothing = new();

    /// <summary>Whether the signal may be delivered: under the law of one of the receiver's countries.</summary>
    /// <param name="legal">What the signal states; null for nothing.</param>
    /// <param name="receiver">Who would receive it.</param>
    /// <remarks>
    /// A signal that names countries goes to members that receive under the law of one of them, and to no others; and that law must accept
    /// basis, purpose, retention and permit. A member that receives under no law that the exchange knows of gets only what names none.
    /// </remarks>
    public static bool IsLawful(LegalEnvelope? legal, Caller receiver)
    {
        var envelope = legal ?? Nothing;
        return receiver.Jurisdictions.Count == 0
            ? envelope.Jurisdictions.Count == 0
            : receiver.Jurisdictions.Any(country => IsLawfulIn(country, envelope, receiver));
    }

    /// <summary>Whether the signal's permit is what makes its delivery lawful.</summary>
    /// <param name="legal">What a signal states that may be delivered.</param>
    /// <param name="receiver">Who receives it.</param>
    public static bool NeedsPermit(LegalEnvelope legal, Caller receiver) =>
        !legal.Permit.IsEmpty && !IsLawful(new LegalEnvelope(legal) { Permit = ByteString.Empty }, receiver);

    private static bool IsLawfulIn(string country, LegalEnvelope envelope, Caller receiver) =>
        (envelope.Jurisdictions.Count == 0 || envelope.Jurisdictions.Contains(country))
        && (!receiver.DeliveryRules.TryGetValue(country, out var rule) || Accepts(rule, envelope));

    private static bool Accepts(DeliveryRule rule, LegalEnvelope envelope) =>
        (rule.Bases.Count == 0 || rule.Bases.Contains(envelope.Basis))
        && (rule.Purposes.Count == 0 || rule.Purposes.Contains(envelope.Purpose))
        && (rule.Retentions.Count == 0 || rule.Retentions.Contains(envelope.Retention))
        && (!rule.PermitRequired || !envelope.Permit.IsEmpty);
}
