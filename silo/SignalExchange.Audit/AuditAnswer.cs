using System.Diagnostics.CodeAnalysis;
using SignalExchange.Contracts.Errors;

namespace SignalExchange.Audit;

/// <summary>An answer, or why there is none.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">The answer; null when it was refused.</param>
/// <param name="Refusal">Why not; null when there is an answer.</param>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is one.")]
public readonly record struct AuditAnswer<T>(T? Value, Refusal? Refusal)
    where T : class
{
    /// <summary>Gets whether it was refused.</summary>
    [MemberNotNullWhen(false, nameof(Value))]
    [MemberNotNullWhen(true, nameof(Refusal))]
    public bool IsRefused => Refusal is not null;

    /// <summary>An answer.</summary>
    public static implicit operator AuditAnswer<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator AuditAnswer<T>(Refusal refusal) => new(null, refusal);
}
