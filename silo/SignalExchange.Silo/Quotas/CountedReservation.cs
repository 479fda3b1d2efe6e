namespace SignalExchange.Silo.Quotas;

/// <summary>What was taken of an allowance for a batch: put back when it ends without <see cref="Spend"/>, since nothing was done.</summary>
internal sealed class CountedReservation(CountedAllowance allowance, int count, LeaseTime day) : IDisposable
{
    private bool _isSpent;

    /// <summary>From here on the batch counts, however it ends.</summary>
    public void Spend() => _isSpent = true;

    /// <summary>So much of what was spent changed nothing after all.</summary>
    public void PutBack(int unused) => allowance.PutBack(unused, day);

    public void Dispose()
    {
        if (!_isSpent)
        {
            _isSpent = true;
            PutBack(count);
        }
    }
}
