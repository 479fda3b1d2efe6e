using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.SignIn;

/// <summary>What one value of the provider's role claim means in the exchange.</summary>
public sealed class ProviderRole
{
    /// <summary>Gets or sets the claim's value, for example a group's name or id.</summary>
    /// <value>Required.</value>
    public string Value { get; set; } = "";

    /// <summary>Gets or sets the role here.</summary>
    /// <value>Operator, Auditor or MemberAdministrator.</value>
    public KeyRole Role { get; set; }

    /// <summary>Gets or sets the member whose administrator it is.</summary>
    /// <value>A member's id; <c>consortium</c>, the default, for operators and auditors.</value>
    public string Member { get; set; } = "consortium";
}
