using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit;

/// <summary>An act that may be done, and what its entry in the log must say: the entry is the act.</summary>
/// <param name="Changes">For <see cref="AccessLogDetail.Changes"/>.</param>
public sealed record LoggedAct(IReadOnlyList<LogChange> Changes);
