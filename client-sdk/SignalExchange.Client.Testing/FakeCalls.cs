using SignalExchange.Client.Errors;
using SignalExchange.Client.Transport;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Testing;

/// <summary>A member's calls to a fake exchange.</summary>
internal sealed class FakeCalls(FakeSignalExchange exchange, MemberId member) : ISignalCalls
{
    public Task<SubmitResponse> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken) =>
        RunAsync(call => call.Submit(request), cancellationToken);

    public Task<WithdrawResponse> WithdrawAsync(WithdrawRequest request, CancellationToken cancellationToken) =>
        RunAsync(call => call.Withdraw(request), cancellationToken);

    public Task<CheckResponse> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        RunAsync(call => call.Check(request), cancellationToken);

    public Task<GetResponse> GetAsync(GetRequest request, CancellationToken cancellationToken) =>
        RunAsync(call => call.Get(request), cancellationToken);

    public Task<RegisterTemplatesResponse> RegisterTemplatesAsync(
        RegisterTemplatesRequest request,
        CancellationToken cancellationToken
    ) => RunAsync(call => call.Register(request), cancellationToken);

    public Task<GrowTemplatesResponse> GrowTemplatesAsync(
        GrowTemplatesRequest request,
        CancellationToken cancellationToken
    ) => RunAsync(call => call.Grow(request), cancellationToken);

    public Task<WithdrawTemplatesResponse> WithdrawTemplatesAsync(
        WithdrawTemplatesRequest request,
        CancellationToken cancellationToken
    ) => RunAsync(call => call.Withdraw(request), cancellationToken);

    public Task<GetTemplatesResponse> GetTemplatesAsync(
        GetTemplatesRequest request,
        CancellationToken cancellationToken
    ) => RunAsync(call => call.Get(request), cancellationToken);

    public Task<MatchAdsResponse> MatchAdsAsync(MatchAdsRequest request, CancellationToken cancellationToken) =>
        RunAsync(call => call.Match(request), cancellationToken);

    public IBatchLine<MatchAdsRequest, MatchAdsResponse> OpenMatchLine() =>
        new FakeLine<MatchAdsRequest, MatchAdsResponse>(MatchAdsAsync);

    public IBatchLine<SubmitRequest, SubmitResponse> OpenSubmitLine() =>
        new FakeLine<SubmitRequest, SubmitResponse>(SubmitAsync);

    public IBatchLine<CheckRequest, CheckResponse> OpenCheckLine() =>
        new FakeLine<CheckRequest, CheckResponse>(CheckAsync);

    private Task<T> RunAsync<T>(Func<FakeCall, T> call, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return Task.FromResult(exchange.Run(member, call));
        }
        catch (SignalExchangeException failure)
        {
            return Task.FromException<T>(failure);
        }
    }
}
