namespace SignalExchange.Client.Bulk;

/// <summary>A batch on its way, for as long as it has no answer.</summary>
internal sealed class SentBatch<TRequest, TAnswer>(ulong number, TRequest request)
{
    private readonly TaskCompletionSource<TAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ulong Number => number;

    public TRequest Request => request;

    public Task<TAnswer> Answer => _answer.Task;

    public void Complete(TAnswer answer) => _answer.TrySetResult(answer);

    public void Fail(Exception failure)
    {
        // Whoever sent it may have gone away; then nobody looks.
        if (_answer.TrySetException(failure))
        {
            _ = _answer.Task.Exception;
        }
    }
}
