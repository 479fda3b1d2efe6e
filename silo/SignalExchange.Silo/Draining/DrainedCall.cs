using Grpc.Core;

namespace SignalExchange.Silo.Draining;

/// <summary>A call as its handler sees it, cancelled also when the server stops.</summary>
internal sealed class DrainedCall : ServerCallContext
{
    // Where Grpc.AspNetCore looks for it in a context that is not its own.
    private const string HttpContextKey = "__HttpContext";

    private readonly ServerCallContext _inner;

    /// <summary>Creates it.</summary>
    /// <param name="inner">The call.</param>
    /// <param name="ended">When the caller goes away, or the server stops.</param>
    public DrainedCall(ServerCallContext inner, CancellationToken ended)
    {
        (_inner, CancellationTokenCore) = (inner, ended);
        inner.UserState[HttpContextKey] = inner.GetHttpContext();
    }

    protected override string MethodCore => _inner.Method;

    protected override string HostCore => _inner.Host;

    protected override string PeerCore => _inner.Peer;

    protected override DateTime DeadlineCore => _inner.Deadline;

    protected override Metadata RequestHeadersCore => _inner.RequestHeaders;

    protected override CancellationToken CancellationTokenCore { get; }

    protected override Metadata ResponseTrailersCore => _inner.ResponseTrailers;

    protected override Status StatusCore
    {
        get => _inner.Status;
        set => _inner.Status = value;
    }

    protected override WriteOptions? WriteOptionsCore
    {
        get => _inner.WriteOptions;
        set => _inner.WriteOptions = value;
    }

    protected override AuthContext AuthContextCore => _inner.AuthContext;

    protected override IDictionary<object, object> UserStateCore => _inner.UserState;

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        _inner.CreatePropagationToken(options);

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) =>
        _inner.WriteResponseHeadersAsync(responseHeaders);
}
