using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Transport;

/// <summary>The signal service as the client uses it: over the network, or in memory for the fake that platforms test with.</summary>
/// <remarks>A call that fails as a whole throws <see cref="Errors.SignalExchangeException"/>. Safe from any thread.</remarks>
internal interface ISignalCalls
{
    Task<SubmitResponse> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken);

    Task<WithdrawResponse> WithdrawAsync(WithdrawRequest request, CancellationToken cancellationToken);

    Task<CheckResponse> CheckAsync(CheckRequest request, CancellationToken cancellationToken);

    Task<GetResponse> GetAsync(GetRequest request, CancellationToken cancellationToken);

    /// <summary>Opens a line for submissions in bulk; nothing is sent before the first batch.</summary>
    IBatchLine<SubmitRequest, SubmitResponse> OpenSubmitLine();

    /// <summary>Opens a line for checks in bulk; nothing is sent before the first batch.</summary>
    IBatchLine<CheckRequest, CheckResponse> OpenCheckLine();
}
