namespace SignalExchange.Silo.Quotas;

/// <summary>Until when a lease holds, by a clock that nobody sets: not past the grain's midnight, however the silos' clocks differ.</summary>
/// <param name="SentAt">When the request for it was sent: not later than when the grain read its clock.</param>
/// <param name="Length">How long the day lasted from then on.</param>
internal readonly record struct LeaseTime(long SentAt, TimeSpan Length)
{
    /// <summary>Returns how much of it is left; zero or less once the day is over.</summary>
    public TimeSpan LeftAt(TimeProvider clock) => Length - clock.GetElapsedTime(SentAt);
}
