using Grpc.Core;

namespace SignalExchange.Silo.Forwarding;

/// <summary>A stream of answers that another silo reads part by part. Ends by itself when it is not read for <see cref="Patience"/>. One reader at a time.</summary>
internal sealed class ForwardedStream : IDisposable
{
    /// <summary>How long one that nobody reads is kept.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Well below what one silo waits for another's answer.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private const int MaxMessages = 256;
    private const int MaxBytes = 1 << 20;

    private readonly CancellationTokenSource _ended;
    private readonly AsyncServerStreamingCall<byte[]> _call;
    private readonly TimeProvider _time;
    private Task<bool>? _next;

    public ForwardedStream(Func<CancellationToken, AsyncServerStreamingCall<byte[]>> begin, TimeProvider time)
    {
        _time = time;
        _ended = new(Patience, time);
        _call = begin(_ended.Token);
    }

    /// <summary>Gets what is cancelled when it is over.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Reads on.</summary>
    /// <returns>What is there; waits a little for the first message.</returns>
    public async Task<ForwardedPart> Read()
    {
        _ended.CancelAfter(Patience);
        var (messages, size) = (new List<byte[]>(), 0);
        try
        {
            while (
                messages.Count < MaxMessages
                && size < MaxBytes
                && await HasNext(isFirst: messages.Count == 0) is { } isOne
            )
            {
                if (!isOne)
                {
                    return new(messages, ForwardedAnswer.Ok(null));
                }

                messages.Add(_call.ResponseStream.Current);
                size += messages[^1].Length;
            }

            return new(messages, null);
        }
        catch (RpcException refusal)
        {
            return new(messages, ForwardedAnswer.Of(refusal));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.Cancel();
        _call.Dispose();
        _ended.Dispose();
    }

    // Null when there is none yet.
    private async Task<bool?> HasNext(bool isFirst)
    {
        _next ??= _call.ResponseStream.MoveNext(CancellationToken.None);
        if (isFirst && !_next.IsCompleted)
        {
            await Task.WhenAny(_next, Task.Delay(LongestWait, _time));
        }

        if (!_next.IsCompleted)
        {
            return null;
        }

        var next = _next;
        _next = null;
        return await next;
    }
}
