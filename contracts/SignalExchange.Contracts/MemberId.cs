namespace SignalExchange.Contracts;

/// <summary>A member's name, chosen by the consortium's operators: a slug of 3 to 32 characters.</summary>
/// <param name="Value">The slug.</param>
public readonly record struct MemberId(string Value)
{
    /// <summary>The member whose keys are those of the consortium's own people: operators, auditors, key custodians.</summary>
    public static readonly MemberId Consortium = new("consortium");

    /// <summary>Returns the slug.</summary>
    public override string ToString() => Value;
}
