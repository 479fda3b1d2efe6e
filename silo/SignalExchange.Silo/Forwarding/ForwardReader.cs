using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Load;

namespace SignalExchange.Silo.Forwarding;

/// <summary>Reads a stream of answers of another silo.</summary>
internal sealed class ForwardReader<T>(Func<IForwardService> silo, ForwardedCall call, Marshaller<T> marshaller)
    : IAsyncStreamReader<T>,
        IDisposable
    where T : class
{
    private readonly Queue<byte[]> _came = new();
    private IForwardService? _silo;
    private Guid? _stream;
    private ForwardedAnswer? _end;

    /// <inheritdoc/>
    public T Current { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        while (_came.Count == 0 && _end is null)
        {
            await Read(cancellationToken);
        }

        if (_came.TryDequeue(out var message))
        {
            Current = Wire.Read(marshaller, message);
            return true;
        }

        _end!.ThrowIfRefused();
        return false;
    }

    /// <summary>Ends the call. Whether the other silo hears of it matters little: it ends what nobody reads.</summary>
    public void Dispose()
    {
        if (_stream is { } open && _end is null)
        {
            _end = ForwardedAnswer.Ok(null);
            _silo!.End(open).Ignore();
        }
    }

    private async Task Read(CancellationToken cancellationToken)
    {
        _stream ??=
            await RemoteSilo.Ask(() => (_silo = silo()).Begin(call), cancellationToken)
            ?? throw new Refusal(ErrorReason.Overloaded, Limit: ForwardService.MaxStreams).ToRpcException(
                CallGate.Retry
            );
        var part = await RemoteSilo.Ask(() => _silo!.Read(_stream.Value), cancellationToken);
        foreach (var message in part.Messages)
        {
            _came.Enqueue(message);
        }

        _end = part.End;
    }
}
