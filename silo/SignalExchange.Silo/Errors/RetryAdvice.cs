namespace SignalExchange.Silo.Errors;

/// <summary>What goes with a refusal that passes by itself.</summary>
/// <param name="Delay">How long to wait before the same call may succeed.</param>
/// <param name="QuotaSubject">Whose quota it was, for example <c>member:platform-a</c>; empty if it was none.</param>
internal readonly record struct RetryAdvice(TimeSpan Delay, string QuotaSubject = "");
