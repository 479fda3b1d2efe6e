namespace SignalExchange.Silo.Quotas;

/// <summary>Evaluations that were taken for a batch: put back when it ends without <see cref="Spend"/>, since nothing was evaluated.</summary>
internal sealed class EvaluationReservation(EvaluationAllowance allowance, int count, LeaseTime day) : IDisposable
{
    private bool _isSpent;

    /// <summary>The batch was evaluated.</summary>
    public void Spend() => _isSpent = true;

    public void Dispose()
    {
        if (!_isSpent)
        {
            _isSpent = true;
            allowance.PutBack(count, day);
        }
    }
}
