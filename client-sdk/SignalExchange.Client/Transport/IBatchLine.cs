namespace SignalExchange.Client.Transport;

/// <summary>A line over which batches go one after the other and answers come back.</summary>
/// <typeparam name="TBatch">What is sent.</typeparam>
/// <typeparam name="TAnswer">What comes back for each.</typeparam>
/// <remarks>Safe from any thread. Disposal ends the line; batches without an answer fail then.</remarks>
internal interface IBatchLine<in TBatch, TAnswer> : IAsyncDisposable
{
    /// <summary>Sends a batch.</summary>
    /// <param name="batch">The batch; not to be changed any more.</param>
    /// <param name="cancellationToken">Ends the wait; the batch may be answered all the same.</param>
    /// <returns>Its answer.</returns>
    /// <exception cref="Errors.SignalExchangeException">It was refused, or not answered for as long as the client's patience.</exception>
    Task<TAnswer> SendAsync(TBatch batch, CancellationToken cancellationToken);
}
