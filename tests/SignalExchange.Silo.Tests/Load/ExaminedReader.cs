using System.Buffers;
using System.IO.Pipelines;

namespace SignalExchange.Silo.Tests.Load;

/// <summary>A reader that notes how much its user says to have looked at, as the server does to open windows (Kestrel's <c>Http2MessageBody</c>).</summary>
internal sealed class ExaminedReader(PipeReader inner) : PipeReader
{
    private ReadOnlySequence<byte> _buffer;

    /// <summary>Gets how far each look went, from where the last one had consumed.</summary>
    public List<long> Examined { get; } = [];

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken);
        _buffer = result.Buffer;
        return result;
    }

    public override bool TryRead(out ReadResult result)
    {
        var isThere = inner.TryRead(out result);
        _buffer = result.Buffer;
        return isThere;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        Examined.Add(_buffer.Slice(0, examined).Length);
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);
}
