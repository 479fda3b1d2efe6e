using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.Load;

/// <summary>A call's body as gRPC reads it: a message that has begun comes to its end in time, and what is read of it counts against its sender.</summary>
/// <remarks>
/// <para>
/// A slowest rate is an average: who sends a message but for its last byte, fast, may then be silent for hours while all of it lies in memory.
/// A unary call's message must be whole within the limit; a stream may be silent for ever between two messages, but not within one.
/// </para>
/// <para>
/// What a unary call sent counts until the call ends, since it is its message all the time. What a stream sent counts until it is a
/// message; from then on <see cref="Signals.StreamedBatches"/> counts it. One reader at a time, as of every pipe.
/// </para>
/// </remarks>
internal sealed class BoundedBody : PipeReader, IRequestBodyPipeFeature, IDisposable
{
    private readonly Lock _gate = new();
    private readonly PipeReader _body;
    private readonly HeldBytes _held;
    private readonly TimeSpan _limit;
    private readonly bool _isStream;
    private readonly ITimer _timer;
    private ReadOnlySequence<byte> _buffer;
    private long _consumed;
    private long _counted;
    private bool _isPartial;
    private volatile bool _isLate;
    private bool _isOver;

    public BoundedBody(PipeReader body, HeldBytes held, TimeSpan limit, bool isStream, TimeProvider clock)
    {
        (_body, _held, _limit, _isStream) = (body, held, limit, isStream);
        _timer = clock.CreateTimer(static it => ((BoundedBody)it!).Cut(), this, _limit, Timeout.InfiniteTimeSpan);
        if (isStream)
        {
            Disarm();
        }
    }

    /// <summary>Gets why the call was ended; null if it was not.</summary>
    public Refusal? Refused { get; private set; }

    PipeReader IRequestBodyPipeFeature.Reader => this;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Look(await _body.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        var isThere = _body.TryRead(out result);
        if (isThere)
        {
            Look(result);
        }

        return isThere;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var done = _buffer.Slice(0, consumed).Length;
        var left = _buffer.Length - done;
        Note(done, isPartial: left > 0 && _buffer.Slice(examined).IsEmpty);
        _buffer = default;
        _body.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => _body.CancelPendingRead();

    public override void Complete(Exception? exception = null) => _body.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => _body.CompleteAsync(exception);

    /// <summary>The call has ended: nothing of its body is held any more.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _isOver = true;
        }

        Count(0);
    }

    // What was read to its end without being a message is a part of one. Only while more of it is waited for does its time run.
    private void Note(long done, bool isPartial)
    {
        if (!_isStream)
        {
            _consumed += done;
            return;
        }

        Count(_buffer.Length - done);
        if (isPartial && (!_isPartial || done > 0))
        {
            _timer.Change(_limit, Timeout.InfiniteTimeSpan);
        }
        else if (!isPartial)
        {
            Disarm();
        }

        _isPartial = isPartial;
    }

    private ReadResult Look(ReadResult result)
    {
        if (result.IsCanceled && _isLate)
        {
            throw Refuse(result, new(ErrorReason.MessageMalformed));
        }

        if (!Count(_consumed + result.Buffer.Length))
        {
            throw Refuse(result, new(ErrorReason.Overloaded, Limit: _held.Limit), CallGate.Retry);
        }

        if (result.IsCompleted)
        {
            Disarm();
        }

        _buffer = result.Buffer;
        return result;
    }

    private void Disarm() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    // The server uses the pipe again for another call when this one is over.
    private void Cut()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _isLate = true;
                _body.CancelPendingRead();
            }
        }
    }

    private bool Count(long bytes)
    {
        if (bytes > _counted && !_held.TryTake(bytes - _counted))
        {
            return false;
        }

        if (bytes < _counted)
        {
            _held.Give(_counted - bytes);
        }

        _counted = bytes;
        return true;
    }

    private RpcException Refuse(ReadResult result, Refusal refusal, RetryAdvice? advice = null)
    {
        Refused = refusal;
        // Whoever ends the call finds no read that is under way. To have examined less than before would take the connection's window
        // back (Http2MessageBody.AdvanceTo), and end all of its calls with the next frame.
        _body.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        return refusal.ToStatus(advice: advice).ToRpcException();
    }
}
