using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;
using SignalExchange.Client.Options;
using SignalExchange.Client.Transport.Balancing;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Transport;

/// <summary>The channel to the exchange: a fresh credential for each attempt, retries, limits, signs of life.</summary>
internal static class ExchangeChannel
{
    // Answers are held to the same limit as requests; the frame around a stream's answer comes on top.
    private const int MaxAnswerBytes = Limits.MaxMessageBytes + 1024;

    // A call's messages are kept for its retries, so the largest must fit, and a few calls' worth at the same time.
    private const int MaxRetryBytesPerCall = 2 * Limits.MaxMessageBytes;
    private const int MaxRetryBytes = 16 * Limits.MaxMessageBytes;

    /// <summary>Opens the channel; connects when it is used.</summary>
    public static GrpcChannel Open(SignalExchangeClientOptions options)
    {
        var isClear = options.Endpoint!.Scheme == Uri.UriSchemeHttp;
        var caller = CallCredentials.FromInterceptor((_, metadata) => AuthorizeAsync(options, metadata));
        var handler = options.CreateHandler?.Invoke() ?? CreateHandler(options);
        var rest = new SiloRest(TimeProvider.System);
        return GrpcChannel.ForAddress(
            options.HasListedSilos ? SiloServices.Listed : options.Endpoint,
            new GrpcChannelOptions
            {
                HttpHandler = options.HasSeveralSilos
                    ? new SiloRestHandler(rest, TimeProvider.System, handler)
                    : handler,
                ServiceProvider = options.HasSeveralSilos ? new SiloServices(options, rest) : null,
                DisposeHttpClient = true,
                LoggerFactory = options.Loggers,
                MaxSendMessageSize = Limits.MaxMessageBytes,
                MaxReceiveMessageSize = MaxAnswerBytes,
                MaxRetryAttempts = options.MaxRetries + 1,
                MaxRetryBufferSize = MaxRetryBytes,
                MaxRetryBufferPerCallSize = MaxRetryBytesPerCall,
                InitialReconnectBackoff = TimeSpan.FromMilliseconds(200),
                MaxReconnectBackoff = TimeSpan.FromSeconds(5),
                ServiceConfig = Configure(options),
                // The options let http through for loopback only; there the credential goes out as well.
                UnsafeUseInsecureChannelCallCredentials = isClear,
                Credentials = ChannelCredentials.Create(
                    isClear ? ChannelCredentials.Insecure : ChannelCredentials.SecureSsl,
                    caller
                ),
            }
        );
    }

    /// <summary>Pings show that the other side went away without a word, as a machine that lost power does.</summary>
    private static SocketsHttpHandler CreateHandler(SignalExchangeClientOptions options) =>
        new()
        {
            SslOptions = { ClientCertificates = options.Certificate is { } certificate ? [certificate] : null },
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // Where there is another silo, a call that waits for one that is gone is to be made there within its deadline.
            KeepAlivePingDelay = TimeSpan.FromSeconds(options.HasSeveralSilos ? 3 : 30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(options.HasSeveralSilos ? 2 : 10),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };

    // grpc-dotnet reads the credentials anew for each attempt (GrpcCall.RunCall), so a retry never repeats a jti, which the
    // exchange would take for a replay.
    private static Task AuthorizeAsync(SignalExchangeClientOptions options, Metadata metadata)
    {
        var token = options.Credential!.Sign(options.Audience, options.Clock.GetUtcNow(), options.CredentialLifetime);
        metadata.Add("authorization", "Bearer " + token);
        return Task.CompletedTask;
    }

    private static ServiceConfig Configure(SignalExchangeClientOptions options)
    {
        var configuration = new ServiceConfig();
        if (options.HasSeveralSilos)
        {
            configuration.LoadBalancingConfigs.Add(new LoadBalancingConfig(SiloBalancerFactory.PolicyName));
        }

        if (options.MaxRetries > 0)
        {
            AddRetries(configuration, options.MaxRetries);
        }

        return configuration;
    }

    /// <summary>Retries by gRPC's own rules (gRFC A6, a server's pushback included), but not of streams: those are resumed.</summary>
    private static void AddRetries(ServiceConfig configuration, int maxRetries)
    {
        configuration.MethodConfigs.Add(
            new MethodConfig
            {
                Names =
                {
                    NameOf(SignalService.Descriptor, "SubmitStream"),
                    NameOf(SignalService.Descriptor, "CheckStream"),
                    NameOf(TemplateService.Descriptor, "MatchAdsStream"),
                },
            }
        );
        configuration.MethodConfigs.Add(
            new MethodConfig
            {
                Names = { MethodName.Default },
                RetryPolicy = new RetryPolicy
                {
                    MaxAttempts = maxRetries + 1,
                    InitialBackoff = TimeSpan.FromMilliseconds(200),
                    MaxBackoff = TimeSpan.FromSeconds(3),
                    BackoffMultiplier = 2.5,
                    RetryableStatusCodes = { StatusCode.Unavailable, StatusCode.Aborted },
                },
            }
        );
    }

    private static MethodName NameOf(ServiceDescriptor service, string method) =>
        new() { Service = service.FullName, Method = method };
}
