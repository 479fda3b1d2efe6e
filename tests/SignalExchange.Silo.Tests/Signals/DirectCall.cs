using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>A call that comes from nowhere: what a handler sees of it, and no transport.</summary>
internal sealed class DirectCall : ServerCallContext
{
    private readonly Metadata _trailers = [];

    public DirectCall(CallerIdentity caller)
    {
        var http = new DefaultHttpContext();
        http.Features.Set(caller);
        UserState["__HttpContext"] = http; // where Grpc.AspNetCore looks for it in a context that is not its own
    }

    protected override string MethodCore => "/signalexchange.v1.SignalService/Check";

    protected override string HostCore => "localhost";

    protected override string PeerCore => "";

    protected override DateTime DeadlineCore => DateTime.MaxValue;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => CancellationToken.None;

    protected override Metadata ResponseTrailersCore => _trailers;

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => new("", []);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}
