namespace SignalExchange.Faults.Tests.Histories;

/// <summary>What was said about a subject; "not known" is no signals.</summary>
internal sealed record Answer(int Subject, IReadOnlyList<SeenSignal> Signals);
