using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client;

/// <summary>The calls to the exchange: channel, a fresh credential for each attempt, deadlines, retries, errors.</summary>
internal sealed class ExchangeCalls : IElementEvaluator, IDisposable
{
    // A check may hit on every token of a batch, and each hit brings its signals.
    private const int MaxAnswerBytes = 64 * 1024 * 1024;

    private readonly SignalExchangeClientOptions _options;
    private readonly GrpcChannel _channel;
    private readonly SignalService.SignalServiceClient _signals;
    private readonly KeyService.KeyServiceClient _keys;
    private readonly MemberService.MemberServiceClient _members;

    public ExchangeCalls(SignalExchangeClientOptions options)
    {
        _options = options;
        _channel = GrpcChannel.ForAddress(options.Endpoint!, ChannelOptions(options));
        _signals = new(_channel);
        _keys = new(_channel);
        _members = new(_channel);
    }

    /// <summary>Gets the operators' service, with the same credentials, retries and deadlines.</summary>
    public MemberService.MemberServiceClient Members => _members;

    public Task<GetKeyManifestsResponse> GetKeyManifestsAsync(CancellationToken cancellationToken) =>
        CallAsync(options => _keys.GetKeyManifestsAsync(new(), options), cancellationToken);

    public Task<SubmitResponse> SubmitAsync(SubmitRequest request, CancellationToken cancellationToken) =>
        CallAsync(options => _signals.SubmitAsync(request, options), cancellationToken);

    public Task<WithdrawResponse> WithdrawAsync(WithdrawRequest request, CancellationToken cancellationToken) =>
        CallAsync(options => _signals.WithdrawAsync(request, options), cancellationToken);

    public Task<CheckResponse> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        CallAsync(options => _signals.CheckAsync(request, options), cancellationToken);

    public Task<GetResponse> GetAsync(GetRequest request, CancellationToken cancellationToken) =>
        CallAsync(options => _signals.GetAsync(request, options), cancellationToken);

    public async Task<Evaluation> EvaluateAsync(
        KeyId keyId,
        ReadOnlyMemory<byte> blindedElements,
        CancellationToken cancellationToken
    )
    {
        var request = new EvaluateRequest
        {
            KeyId = keyId.ToString(),
            BlindedElements = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(blindedElements),
        };
        var response = await CallAsync(options => _keys.EvaluateAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return new(response.EvaluatedElements.Memory, response.Proof.Memory);
    }

    /// <summary>Makes a call with the configured deadline.</summary>
    /// <exception cref="SignalExchangeException">The exchange refused it, or was not reached.</exception>
    public async Task<T> CallAsync<T>(Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken)
    {
        var deadline = _options.Clock.GetUtcNow().UtcDateTime + _options.Deadline;
        try
        {
            using var running = call(new CallOptions(deadline: deadline, cancellationToken: cancellationToken));
            return await running.ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException failure) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The call was cancelled.", failure, cancellationToken);
        }
        catch (RpcException failure)
        {
            throw failure.ToSignalExchangeException();
        }
    }

    public void Dispose() => _channel.Dispose();

    private static GrpcChannelOptions ChannelOptions(SignalExchangeClientOptions options) =>
        new()
        {
            HttpHandler = options.CreateHandler?.Invoke(),
            DisposeHttpClient = true,
            LoggerFactory = options.Loggers,
            MaxReceiveMessageSize = MaxAnswerBytes,
            MaxRetryAttempts = options.MaxRetries + 1,
            MaxRetryBufferSize = 16 * Limits.MaxMessageBytes,
            MaxRetryBufferPerCallSize = 2 * Limits.MaxMessageBytes,
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(200),
            MaxReconnectBackoff = TimeSpan.FromSeconds(5),
            ThrowOperationCanceledOnCancellation = false,
            ServiceConfig = options.MaxRetries == 0 ? null : RetriesOf(options),
            // Loopback without TLS is allowed by the options' validation, and needs the credential as well.
            UnsafeUseInsecureChannelCallCredentials = options.Endpoint!.Scheme == Uri.UriSchemeHttp,
            Credentials = ChannelCredentials.Create(
                options.Endpoint.Scheme == Uri.UriSchemeHttp
                    ? ChannelCredentials.Insecure
                    : ChannelCredentials.SecureSsl,
                CallCredentials.FromInterceptor((_, metadata) => Authorize(options, metadata))
            ),
        };

    // Asked for each attempt, so that a retry never repeats a jti: the exchange would take it for a replay.
    private static Task Authorize(SignalExchangeClientOptions options, Metadata metadata)
    {
        var token = options.Credential!.Sign(options.Audience, options.Clock.GetUtcNow(), options.CredentialLifetime);
        metadata.Add("authorization", "Bearer " + token);
        return Task.CompletedTask;
    }

    private static ServiceConfig RetriesOf(SignalExchangeClientOptions options) =>
        new()
        {
            MethodConfigs =
            {
                new MethodConfig
                {
                    Names = { MethodName.Default },
                    RetryPolicy = new RetryPolicy
                    {
                        MaxAttempts = options.MaxRetries + 1,
                        InitialBackoff = TimeSpan.FromMilliseconds(200),
                        MaxBackoff = TimeSpan.FromSeconds(3),
                        BackoffMultiplier = 2.5,
                        RetryableStatusCodes = { StatusCode.Unavailable, StatusCode.Aborted },
                    },
                },
            },
        };
}
