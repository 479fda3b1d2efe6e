namespace SignalExchange.Contracts.Signals;

/// <summary>Whose eyes look: a member and the sharing groups that it belongs to.</summary>
/// <param name="Member">The member.</param>
/// <param name="Groups">Its groups; a small set, compared by ordinal.</param>
public sealed record Caller(MemberId Member, IReadOnlySet<string> Groups);
