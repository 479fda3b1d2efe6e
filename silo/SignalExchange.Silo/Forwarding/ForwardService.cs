using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;

namespace SignalExchange.Silo.Forwarding;

/// <summary>Answers the consoles of other silos.</summary>
internal sealed class ForwardService(
    GrainId id,
    global::Orleans.Runtime.Silo silo,
    ILoggerFactory loggers,
    ForwardedCalls calls,
    IOptions<AccessLogOptions> log,
    TimeProvider time
) : GrainService(id, silo, loggers), IForwardService
{
    /// <summary>How many streams of all pages of all other silos are under way at most; one more is refused.</summary>
    public const int MaxStreams = 64;

    private readonly ConcurrentDictionary<Guid, ForwardedStream> _streams = new();

    public Task<string> Log() => Task.FromResult(log.Value.Log);

    public Task<ForwardedAnswer> Call(ForwardedCall call) => calls.Call(call);

    public Task<Guid?> Begin(ForwardedCall call)
    {
        if (_streams.Count >= MaxStreams)
        {
            return Task.FromResult<Guid?>(null);
        }

        var (key, stream) = (Guid.CreateVersion7(), new ForwardedStream(ended => calls.Begin(call, ended), time));
        _streams[key] = stream;
        stream.Ended.Register(() => _streams.TryRemove(key, out _));
        return Task.FromResult<Guid?>(key);
    }

    public async Task<ForwardedPart> Read(Guid stream)
    {
        if (!_streams.TryGetValue(stream, out var open))
        {
            throw new InvalidOperationException(
                "That stream is over: it was not read for too long, or this silo was started anew."
            );
        }

        var part = await open.Read();
        if (part.End is not null)
        {
            await End(stream);
        }

        return part;
    }

    public Task End(Guid stream)
    {
        if (_streams.TryRemove(stream, out var open))
        {
            open.Dispose();
        }

        return Task.CompletedTask;
    }
}
