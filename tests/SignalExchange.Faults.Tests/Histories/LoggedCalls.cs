namespace SignalExchange.Faults.Tests.Histories;

/// <summary>How many entries the access log of a silo had.</summary>
/// <param name="Silo">The silo.</param>
/// <param name="Before">Before the first call.</param>
/// <param name="After">When all that is answered was published, or nobody waited any longer for it.</param>
internal sealed record LoggedCalls(int Silo, long Before, long After);
