using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Operations;
using SignalExchange.Silo.Security;
using Limits = SignalExchange.Contracts.Limits;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>
/// The exchange's door before a peer: the same server with the same limits, routing, authentication of a signed token a call and
/// roles. Not there: interceptors (access log, errors, load), quotas, the pace of answers, the console log.
/// </summary>
internal sealed class PeerDoor : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PeerDoor(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>Gets where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Opens it.</summary>
    public static async Task<PeerDoor> Open(PeerSettings settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = Limits.MaxMessageBytes;
            grpc.MaxSendMessageSize = null;
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.LimitConnections(new ConnectionOptions());
            kestrel.ListenForMembers(address, asksForCertificates: false);
        });
        if (settings.Kind != PeerKind.Bare)
        {
            AddSecurity(builder, settings.KeyFile);
        }

        await AddLookup(builder, settings);
        var app = builder.Build();
        Map(app, settings.Kind);
        await app.StartAsync();
        return new(app, address);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Map(WebApplication app, PeerKind kind)
    {
        app.UseRouting();
        if (kind != PeerKind.Bare)
        {
            app.UseAuthentication();
            app.UseAuthorization();
        }

        if (kind is PeerKind.Bare or PeerKind.Empty)
        {
            app.MapGrpcService<EmptySignals>();
        }
        else
        {
            app.MapGrpcService<PeerSignals>();
        }
    }

    private static async Task AddLookup(WebApplicationBuilder builder, PeerSettings settings)
    {
        switch (settings.Kind)
        {
            case PeerKind.Dictionary:
                builder.Services.AddSingleton<ITokenLookup>(new DictionaryLookup(settings.Known));
                break;
            case PeerKind.Redis:
                var redis = await RedisLookup.Start(settings.Known);
                builder.Services.AddSingleton<ITokenLookup>(_ => redis);
                break;
            case PeerKind.Postgres:
                var postgres = await PostgresLookup.Start(settings.Known);
                builder.Services.AddSingleton<ITokenLookup>(_ => postgres);
                break;
            case PeerKind.Grains:
                builder.UseOrleans(silo => silo.UseLocalhostClustering(FreePort.Find(), gatewayPort: 0));
                builder.Services.AddSingleton<ITokenLookup, GrainLookup>();
                break;
        }
    }

    private static void AddSecurity(WebApplicationBuilder builder, string keyFile)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ExchangeStart>();
        builder.Services.AddSingleton<IEntryWriter, NoWriter>();
        builder.Services.AddSingleton<IAccessLogHealth, NoWriter>();
        builder.Services.AddSingleton<CallStatistics>();
        builder.Services.AddSingleton<UnauthenticatedRefusals>();
        builder.Services.AddSingleton<CallRecorder>();
        builder.Services.AddSingleton<MemberDirectory>();
        builder.Services.AddHostedService(services => new OneMember(
            services.GetRequiredService<MemberDirectory>(),
            keyFile
        ));
        builder.Services.AddCallerSecurity(builder.Configuration.GetSection("none"));
    }
}
