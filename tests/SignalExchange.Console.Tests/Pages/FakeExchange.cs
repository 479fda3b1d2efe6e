using System.Collections.Concurrent;
using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>Services that answer what a test says, when it says so, and refuse everything else.</summary>
internal sealed class FakeExchange : CallInvoker
{
    private readonly ConcurrentDictionary<string, Func<object, Task<object>>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _asked = new();
    private TaskCompletionSource<bool> _streams = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the methods that were asked, in order.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>Says what a method answers from now on.</summary>
    public void Answer<TRequest, TResponse>(string method, Func<TRequest, Task<TResponse>> answer)
        where TResponse : notnull => _answers[method] = async request => await answer((TRequest)request);

    /// <summary>The same, at once.</summary>
    public void Answer<TResponse>(string method, TResponse answer)
        where TResponse : notnull => _answers[method] = _ => Task.FromResult<object>(answer);

    /// <summary>Says that a method is refused from now on.</summary>
    public void Refuse(string method, ErrorReason reason) =>
        _answers[method] = _ => Task.FromException<object>(new Refusal(reason).ToRpcException());

    /// <summary>Breaks the streams that are open.</summary>
    public void BreakStreams(ErrorReason reason)
    {
        var broken = _streams;
        _streams = new(TaskCreationOptions.RunContinuationsAsynchronously);
        broken.SetException(new Refusal(reason).ToRpcException());
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    ) =>
        new(
            Ask<TResponse>(method.Name, request),
            Task.FromResult(new Metadata()),
            static () => Status.DefaultSuccess,
            static () => [],
            static () => { }
        );

    /// <summary>Streams say nothing for as long as the page is open, unless they are broken.</summary>
    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    )
    {
        _asked.Enqueue(method.Name);
        return new(
            new SilentStream<TResponse>(_streams.Task),
            Task.FromResult(new Metadata()),
            static () => Status.DefaultSuccess,
            static () => [],
            static () => { }
        );
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    ) => throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options
    ) => throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options
    ) => throw new NotSupportedException();

    private async Task<TResponse> Ask<TResponse>(string method, object request)
    {
        _asked.Enqueue(method);
        return _answers.TryGetValue(method, out var answer)
            ? (TResponse)await answer(request)
            : throw new Refusal(ErrorReason.NotReady).ToRpcException();
    }

    private sealed class SilentStream<T>(Task<bool> end) : IAsyncStreamReader<T>
    {
        public T Current => throw new InvalidOperationException("Nothing was said.");

        public Task<bool> MoveNext(CancellationToken cancellationToken) => end.WaitAsync(cancellationToken);
    }
}
