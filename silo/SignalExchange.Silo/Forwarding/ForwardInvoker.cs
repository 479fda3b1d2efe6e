using Grpc.Core;
using SignalExchange.Silo.Browsers;

namespace SignalExchange.Silo.Forwarding;

/// <summary>Makes a page's calls at another silo, for the person whose page it is. What members stream to the exchange has no place here.</summary>
internal sealed class ForwardInvoker(Func<IForwardService> silo, CircuitSession session) : CallInvoker
{
    /// <inheritdoc/>
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    )
        where TRequest : class
        where TResponse : class =>
        new(
            Answer(method, options, request),
            Task.FromResult(new Metadata()),
            static () => Status.DefaultSuccess,
            static () => [],
            static () => { }
        );

    /// <inheritdoc/>
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    )
        where TRequest : class
        where TResponse : class
    {
        var reader = new ForwardReader<TResponse>(silo, CallOf(method, request), method.ResponseMarshaller);
        return new(
            reader,
            Task.FromResult(new Metadata()),
            static () => Status.DefaultSuccess,
            static () => [],
            reader.Dispose
        );
    }

    /// <inheritdoc/>
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    )
        where TRequest : class
        where TResponse : class => throw new NotSupportedException("Pages wait for nothing.");

    /// <inheritdoc/>
    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options
    )
        where TRequest : class
        where TResponse : class => throw new NotSupportedException("Pages send no streams.");

    /// <inheritdoc/>
    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options
    )
        where TRequest : class
        where TResponse : class => throw new NotSupportedException("Pages send no streams.");

    private async Task<TResponse> Answer<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        CallOptions options,
        TRequest request
    )
        where TRequest : class
        where TResponse : class
    {
        var answer = await RemoteSilo.Ask(() => silo().Call(CallOf(method, request)), options.CancellationToken);
        answer.ThrowIfRefused();
        return Wire.Read(method.ResponseMarshaller, answer.Message!);
    }

    private ForwardedCall CallOf<TRequest, TResponse>(Method<TRequest, TResponse> method, TRequest request)
        where TRequest : class
        where TResponse : class =>
        new(
            method.FullName,
            Wire.Write(method.RequestMarshaller, request),
            session.Account,
            session.Session,
            session.Address
        );
}
