using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SignalExchange.Contracts;

namespace SignalExchange.Client.Tests.Server;

/// <summary>One server of a <see cref="TestExchange"/>: it may die, come back, or say that it is not ready.</summary>
internal sealed class TestSilo(TestExchange exchange, X509Certificate2? certificate) : IAsyncDisposable
{
    private WebApplication? _app;
    private int _calls;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Gets how many calls arrived, those included that were refused.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Gets or sets whether every call is refused as a silo does that starts or drains.</summary>
    public bool IsUnready { get; set; }

    /// <summary>Gets or sets whether calls are taken and never answered, as by a process that is stopped in its tracks.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>Starts, again at the same address.</summary>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Address.Port, Configure));
        builder.Services.AddSingleton(exchange);
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = Limits.MaxMessageBytes);
        _app = builder.Build();
        _app.Use(Receive);
        _app.MapGrpcService<TestKeyService>();
        _app.MapGrpcService<TestSignalService>();
        _app.MapGrpcService<TestTemplateService>();
        await _app.StartAsync();
        Address = new Uri(
            _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
        );
    }

    /// <summary>Stops as a process that is killed: connections break.</summary>
    public async Task StopAsync()
    {
        await _app!.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private void Configure(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http2;
        if (certificate is not null)
        {
            listen.UseHttps(certificate);
        }
    }

    private Task Receive(HttpContext http, RequestDelegate next)
    {
        Interlocked.Increment(ref _calls);
        exchange.Record.Add(http.Request);
        if (IsFrozen)
        {
            return Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
        }

        if (!IsUnready)
        {
            return next(http);
        }

        http.Response.ContentType = "application/grpc";
        http.Response.Headers["grpc-status"] = ((int)StatusCode.Unavailable).ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }
}
