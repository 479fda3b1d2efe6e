using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using SignalExchange.Client.Bulk;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Options;
using SignalExchange.Client.Receipts;
using SignalExchange.Client.Telemetry;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Transport;

/// <summary>The calls to the exchange: deadlines, waiting when it says so, errors.</summary>
internal sealed class ExchangeCalls : ISignalCalls, IElementEvaluator, IDisposable
{
    // gRPC's deadlines are points of the system's time, whatever clock the options have.
    private static readonly TimeProvider SystemClock = TimeProvider.System;

    private static readonly TimeSpan NotReadyDelay = TimeSpan.FromMilliseconds(500);

    private readonly SignalExchangeClientOptions _options;
    private readonly ILogger _log;
    private readonly GrpcChannel _channel;
    private readonly SignalService.SignalServiceClient _signals;
    private readonly TemplateService.TemplateServiceClient _templates;
    private readonly KeyService.KeyServiceClient _keys;
    private readonly ReceiptRecorder? _receipts;

    public ExchangeCalls(SignalExchangeClientOptions options, ILogger log)
    {
        _options = options;
        _log = log;
        _channel = ExchangeChannel.Open(options);
        _receipts = options.Receipts is { } sink ? new(sink, options.Clock) : null;
        _signals = new(_channel);
        _templates = new(_channel);
        _keys = new(_channel);
        Members = new(_channel);
        Approvals = new(_channel);
        Audit = new(_channel);
        Policy = new(_channel);
        Custody = new(_channel);
        People = new(_channel);
        Disputes = new(_channel);
    }

    /// <summary>Gets the operators' service, with the same credentials and retries.</summary>
    public MemberService.MemberServiceClient Members { get; }

    /// <summary>Gets the service of approvals, with the same credentials and retries.</summary>
    public ApprovalService.ApprovalServiceClient Approvals { get; }

    /// <summary>Gets the auditors' service, with the same credentials and retries.</summary>
    public AuditService.AuditServiceClient Audit { get; }

    /// <summary>Gets the service of the consortium's policy, with the same credentials and retries.</summary>
    public PolicyService.PolicyServiceClient Policy { get; }

    /// <summary>Gets the custodians' service, with the same credentials and retries.</summary>
    public KeyCustodyService.KeyCustodyServiceClient Custody { get; }

    /// <summary>Gets the service of people's accounts, with the same credentials and retries.</summary>
    public PersonService.PersonServiceClient People { get; }

    /// <summary>Gets the service of disputes, with the same credentials and retries.</summary>
    public DisputeService.DisputeServiceClient Disputes { get; }

    public Task<GetKeyManifestsResponse> GetKeyManifestsAsync(CancellationToken cancellationToken) =>
        CallAsync(options => _keys.GetKeyManifestsAsync(new(), options), cancellationToken);

    public Task<SubmitResponse> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            options => _signals.SubmitAsync(request, options),
            cancellationToken,
            (answer, trailers) => _receipts?.Record(SignalMethods.Submit, null, answer, trailers)
        );

    public Task<WithdrawResponse> WithdrawAsync(WithdrawRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            options => _signals.WithdrawAsync(request, options),
            cancellationToken,
            (answer, trailers) => _receipts?.Record(SignalMethods.Withdraw, null, answer, trailers)
        );

    public Task<CheckResponse> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            options => _signals.CheckAsync(request, options),
            cancellationToken,
            (answer, trailers) => _receipts?.Record(SignalMethods.Check, request.Tokens, answer, trailers)
        );

    public Task<GetResponse> GetAsync(GetRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            options => _signals.GetAsync(request, options),
            cancellationToken,
            (answer, trailers) => _receipts?.Record(SignalMethods.Get, request.Tokens, answer, trailers)
        );

    public Task<RegisterTemplatesResponse> RegisterTemplatesAsync(
        RegisterTemplatesRequest request,
        CancellationToken cancellationToken
    ) =>
        CallAsync(
            options => _templates.RegisterTemplatesAsync(request, options),
            cancellationToken,
            (answer, trailers) => _receipts?.Record(SignalMethods.RegisterTemplates, null, answer, trailers)
        );

    public Task<GrowTemplatesResponse> GrowTemplatesAsync(
        GrowTemplatesRequest request,
        CancellationToken cancellationToken
    ) =>
        CallAsync(
            options => _templates.GrowTemplatesAsync(request, options),
            cancellationToken,
            (answer, trailers) => _receipts?.Record(SignalMethods.GrowTemplates, null, answer, trailers)
        );

    public Task<WithdrawTemplatesResponse> WithdrawTemplatesAsync(
        WithdrawTemplatesRequest request,
        CancellationToken cancellationToken
    ) =>
        CallAsync(
            options => _templates.WithdrawTemplatesAsync(request, options),
            cancellationToken,
            (answer, trailers) => _receipts?.Record(SignalMethods.WithdrawTemplates, null, answer, trailers)
        );

    public Task<GetTemplatesResponse> GetTemplatesAsync(
        GetTemplatesRequest request,
        CancellationToken cancellationToken
    ) =>
        CallAsync(
            options => _templates.GetTemplatesAsync(request, options),
            cancellationToken,
            (answer, trailers) =>
                _receipts?.Record(
                    SignalMethods.GetTemplates,
                    ByteString.CopyFrom([.. request.TemplateIds.SelectMany(id => id)]),
                    answer,
                    trailers
                )
        );

    public Task<MatchAdsResponse> MatchAdsAsync(MatchAdsRequest request, CancellationToken cancellationToken) =>
        CallAsync(
            options => _templates.MatchAdsAsync(request, options),
            cancellationToken,
            (answer, trailers) => _receipts?.Record(SignalMethods.MatchAds, request.BandTokens, answer, trailers)
        );

    public IBatchLine<MatchAdsRequest, MatchAdsResponse> OpenMatchLine() =>
        new ResumingStream<MatchAdsRequest, MatchAdsResponse, MatchAdsStreamRequest, MatchAdsStreamResponse>(
            StreamMethods.Match(_templates, _receipts),
            _options.Patience,
            _log
        );

    public IBatchLine<SubmitRequest, SubmitResponse> OpenSubmitLine() =>
        new ResumingStream<SubmitRequest, SubmitResponse, SubmitStreamRequest, SubmitStreamResponse>(
            StreamMethods.Submit(_signals, _receipts),
            _options.Patience,
            _log
        );

    public IBatchLine<CheckRequest, CheckResponse> OpenCheckLine() =>
        new ResumingStream<CheckRequest, CheckResponse, CheckStreamRequest, CheckStreamResponse>(
            StreamMethods.Check(_signals, _receipts),
            _options.Patience,
            _log
        );

    public async Task<Evaluation> EvaluateAsync(
        KeyId keyId,
        ReadOnlyMemory<byte> blindedElements,
        CancellationToken cancellationToken
    )
    {
        var request = new EvaluateRequest
        {
            KeyId = keyId.ToString(),
            BlindedElements = UnsafeByteOperations.UnsafeWrap(blindedElements),
        };
        var response = await CallAsync(options => _keys.EvaluateAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return new(response.EvaluatedElements.Memory, response.Proof.Memory);
    }

    /// <summary>Makes a call with the configured deadline; waits and calls again when the exchange states a delay.</summary>
    /// <exception cref="SignalExchangeException">The exchange refused it, or was not reached in time.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<T> CallAsync<T>(
        Func<CallOptions, AsyncUnaryCall<T>> call,
        CancellationToken cancellationToken,
        Action<T, Metadata>? noteAnswer = null
    )
    {
        var deadline = SystemClock.GetUtcNow() + _options.Deadline;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                using var running = call(new(deadline: deadline.UtcDateTime, cancellationToken: cancellationToken));
                var answer = await running.ResponseAsync.ConfigureAwait(false);
                noteAnswer?.Invoke(answer, running.GetTrailers());
                return answer;
            }
            catch (RpcException failure) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException("The call was cancelled.", failure, cancellationToken);
            }
            catch (RpcException failure)
            {
                await WaitAsToldAsync(failure, deadline, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => _channel.Dispose();

    /// <summary>
    /// Waits if the exchange is busy and says for how long, or is not ready, or too new for the call's token, and that ends before the
    /// deadline; else throws.
    /// </summary>
    private async Task WaitAsToldAsync(
        RpcException failure,
        DateTimeOffset deadline,
        CancellationToken cancellationToken
    )
    {
        var refused = failure.ToSignalExchangeException();
        if (DelayOf(refused, failure) is not { } delay || SystemClock.GetUtcNow() + delay >= deadline)
        {
            throw refused;
        }

        ClientLog.Waits(_log, refused.Reason, delay.TotalMilliseconds);
        await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
    }

    // A silo that joins can't tell for a second whether a token was used, and then takes none for some three seconds that were issued before
    // it came. A retry has another token, which is mostly another silo's, but of thousands of calls one meets such a silo each time that gRPC
    // tries it again. Time lifts both, and nothing was done.
    private TimeSpan? DelayOf(SignalExchangeException refused, RpcException failure) =>
        refused switch
        {
            { StatusCode: StatusCode.ResourceExhausted, IsTransient: true } => failure.RetryDelay(),
            { Reason: ErrorReason.NotReady or ErrorReason.CredentialsBeforeStart } when _options.MaxRetries > 0 =>
                NotReadyDelay,
            _ => null,
        };
}
