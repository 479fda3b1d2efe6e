using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SignalExchange.Clustering;
using SignalExchange.Contracts.Signals;
using SignalExchange.Grains;
using SignalExchange.Grains.Disputes;
using SignalExchange.Grains.Shards;
using SignalExchange.Index;
using SignalExchange.KeyService;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Audit;
using SignalExchange.Silo.Browsers;
using SignalExchange.Silo.Census;
using SignalExchange.Silo.Disputes;
using SignalExchange.Silo.Draining;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Health;
using SignalExchange.Silo.InProcess;
using SignalExchange.Silo.Keys;
using SignalExchange.Silo.Load;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Operations;
using SignalExchange.Silo.Quotas;
using SignalExchange.Silo.Security;
using SignalExchange.Silo.Signals;
using SignalExchange.Silo.Telemetry;
using SignalExchange.Silo.Templates;
using Limits = SignalExchange.Contracts.Limits;

namespace SignalExchange.Silo.Hosting;

/// <summary>The list of parts: what an exchange is made of.</summary>
internal static class ExchangeHostBuilderExtensions
{
    /// <summary>Adds storage and grains: what every command of the server needs.</summary>
    public static IHostApplicationBuilder AddExchangeCore(this IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(ExchangeOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<ExchangeOptions>, ExchangeOptionsValidator>();
        builder.Services.AddOptions<ExchangeOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ExchangeStart>();
        builder.AddExchangeLogging();

        var options = section.Get<ExchangeOptions>() ?? new();
        builder.AddStorageEngine(options);
        builder.Services.AddOptions<ShardOptions>().Bind(section.GetSection("Shards"));
        builder.UseOrleans(silo =>
        {
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(10));
            silo.AddExchangeGrains();
            silo.UseSteadyCollection();
            silo.AddActivityPropagation();
            if (options.OrleansDashboard)
            {
                silo.AddOrleansDashboard();
            }
        });
        return builder;
    }

    /// <summary>Adds the key service and the access log: what whoever changes an exchange is recorded by.</summary>
    public static IHostApplicationBuilder AddExchangeRecords(this IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(ExchangeOptions.Section);
        var options = section.Get<ExchangeOptions>() ?? new();
        var sharesStorage = builder.SharesStorage();
        builder.Services.AddKeyService(keys =>
        {
            keys.Folder = Path.Combine(options.DataDirectory, "keys");
            keys.IsShared = sharesStorage;
            section.GetSection("Keys").Bind(keys);
        });
        builder.Services.AddCallRecords(options.DataDirectory, section.GetSection("AccessLog"));
        return builder;
    }

    /// <summary>Adds what answers members: the key service, the index, security and the gRPC services.</summary>
    public static WebApplicationBuilder AddExchangeServices(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(ExchangeOptions.Section);
        var options = section.Get<ExchangeOptions>() ?? new();
        builder.AddExchangeRecords();
        builder.Services.AddKeyRotation(section.GetSection("Keys:Rotation"));
        builder.Services.AddAuditors(options.DataDirectory, section.GetSection("Audit"));
        builder.Services.AddLocalIndex();
        builder.Services.AddOptions<IndexOptions>().Bind(section.GetSection("Index"));
        builder.AddSnapshots(options.DataDirectory);
        builder.Services.AddMembers();
        builder.Services.AddCallerSecurity(section.GetSection("Security"));
        builder
            .Services.AddOptions<SignalOptions>()
            .Bind(section.GetSection("Signals"))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        if (builder.SharesStorage())
        {
            builder.AddExchangeCluster();
        }

        builder.Services.AddOperations();
        builder.Services.AddOptions<DisputeOptions>().Bind(section.GetSection("Disputes")); // validated where the grains are added
        builder.Services.AddSingleton<DisputeRecords>();
        builder.Services.AddCensus(section.GetSection("Census"));
        builder.Services.AddQuotas(section.GetSection("Quotas"));
        builder.Services.AddLoadLimits(section.GetSection("Load"));
        builder
            .Services.AddOptions<ConnectionOptions>()
            .Bind(section.GetSection("Connections"))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<KeyMetrics>();
        builder.Services.AddSingleton<SignalMetrics>();
        builder.Services.AddSingleton<SubmissionReader>();
        builder.Services.AddSingleton<SubmissionPairing>();
        builder.Services.AddSingleton<NewIndicators>();
        builder.Services.AddSingleton<ItemBatch>();
        builder.Services.AddSingleton<AnswerPace>();
        builder.Services.AddSingleton<StreamedBatches>();
        builder.Services.AddSingleton<Withdrawals>();
        builder.Services.AddSingleton<Freshness>();
        builder.Services.AddSingleton<ConflictRetries>();
        builder.Services.AddTemplates(section.GetSection("Templates"));
        builder.Services.AddSingleton(provider => new Attributions(
            provider.GetRequiredService<IExchangeSecrets>().Derive("attribution/1"u8)
        ));
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = Limits.MaxMessageBytes;
            grpc.MaxSendMessageSize = null;
            grpc.Interceptors.Add<AccessLogInterceptor>();
            grpc.Interceptors.Add<ErrorInterceptor>();
            grpc.Interceptors.Add<LoadInterceptor>();
            grpc.Interceptors.Add<DrainInterceptor>();
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.StopTimeout);
        builder.Services.AddGrpcReflection();
        builder.Services.AddGrpcHealthChecks().AddCheck<ReadinessCheck>("ready");
        builder.AddExchangeTelemetry(options, section.GetSection("Telemetry"));
        builder.Services.AddSignInSettings(section.GetSection("SignIn"));
        builder.Services.AddInProcessCalls();
        if (options.ListenConsole is not null)
        {
            builder.AddConsoleFiles();
            builder.Services.AddConsole(section.GetSection("SignIn"));
        }

        var security = section.GetSection("Security").Get<SecurityOptions>() ?? new();
        var asksForCertificates = security.ClientCertificates != ClientCertificates.None;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.LimitConnections(
                kestrel.ApplicationServices.GetRequiredService<IOptions<ConnectionOptions>>().Value
            );
            kestrel.ListenForMembers(options.Listen, asksForCertificates);
            if (options.ListenTiles is { } tiles)
            {
                kestrel.ListenForVerifiers(tiles);
            }

            if (options.ListenConsole is { } console)
            {
                kestrel.ListenForBrowsers(console);
            }

            kestrel.ListenForOwnCalls();

            if (options.ListenMetrics is { } metrics)
            {
                kestrel.ListenForOperations(metrics);
            }
        });
        return builder;
    }
}
