using SignalExchange.Contracts.V1;

namespace SignalExchange.TestKit.Audiences;

/// <summary>What the law of a random world's country asks of a signal.</summary>
/// <param name="Country">The country.</param>
/// <param name="Basis">The one basis that it accepts; unspecified for any.</param>
/// <param name="Purpose">The one purpose that it accepts; unspecified for any.</param>
/// <param name="Retention">The one retention class that it accepts; unspecified for any.</param>
/// <param name="AsksForPermit">Whether a permit must be named.</param>
public sealed record WorldLaw(
    string Country,
    LegalBasis Basis,
    SharingPurpose Purpose,
    RetentionClass Retention,
    bool AsksForPermit
)
{
    /// <summary>Makes the rule that operators would set.</summary>
    public DeliveryRule ToRule()
    {
        var rule = new DeliveryRule { Country = Country, PermitRequired = AsksForPermit };
        rule.Bases.Add(Basis == LegalBasis.Unspecified ? [] : [Basis]);
        rule.Purposes.Add(Purpose == SharingPurpose.Unspecified ? [] : [Purpose]);
        rule.Retentions.Add(Retention == RetentionClass.Unspecified ? [] : [Retention]);
        return rule;
    }
}
