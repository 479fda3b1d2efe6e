using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Transport;

/// <summary>The services of signals and of templates as the client uses them: over the network, or in memory for the fake that platforms test with.</summary>
/// <remarks>A call that fails as a whole throws <see cref="Errors.SignalExchangeException"/>. Safe from any thread.</remarks>
internal interface ISignalCalls
{
    Task<SubmitResponse> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken);

    Task<WithdrawResponse> WithdrawAsync(WithdrawRequest request, CancellationToken cancellationToken);

    Task<CheckResponse> CheckAsync(CheckRequest request, CancellationToken cancellationToken);

    Task<GetResponse> GetAsync(GetRequest request, CancellationToken cancellationToken);

    Task<RegisterTemplatesResponse> RegisterTemplatesAsync(
        RegisterTemplatesRequest request,
        CancellationToken cancellationToken
    );

    Task<GrowTemplatesResponse> GrowTemplatesAsync(GrowTemplatesRequest request, CancellationToken cancellationToken);

    Task<WithdrawTemplatesResponse> WithdrawTemplatesAsync(
        WithdrawTemplatesRequest request,
        CancellationToken cancellationToken
    );

    Task<GetTemplatesResponse> GetTemplatesAsync(GetTemplatesRequest request, CancellationToken cancellationToken);

    Task<MatchAdsResponse> MatchAdsAsync(MatchAdsRequest request, CancellationToken cancellationToken);

    /// <summary>Opens a line for submissions in bulk; nothing is sent before the first batch.</summary>
    IBatchLine<SubmitRequest, SubmitResponse> OpenSubmitLine();

    /// <summary>Opens a line for checks in bulk; nothing is sent before the first batch.</summary>
    IBatchLine<CheckRequest, CheckResponse> OpenCheckLine();

    /// <summary>Opens a line for ads in bulk; nothing is sent before the first batch.</summary>
    IBatchLine<MatchAdsRequest, MatchAdsResponse> OpenMatchLine();
}
