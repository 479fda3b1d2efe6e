using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SignalExchange.TransparencyLog.Witnessing;

namespace SignalExchange.Cli.Logs;

/// <summary>A witness on HTTP (C2SP tlog-witness): <c>POST /add-checkpoint</c> and <c>GET /HASH/checkpoint</c>.</summary>
internal static class WitnessServer
{
    /// <summary>Makes the server; the caller starts and disposes it.</summary>
    /// <param name="witness">Answers.</param>
    /// <param name="address">Where to listen: http only, TLS is the business of a proxy before it.</param>
    public static WebApplication Create(Witness witness, string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = AddCheckpointRequest.MaxBytes);
        var app = builder.Build();
        app.MapPost(
            "/add-checkpoint",
            async (HttpContext context) =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body, context.RequestAborted);
                var answer = await witness.AddCheckpointAsync(body.ToArray(), context.RequestAborted);
                await Send(context, answer);
            }
        );
        app.MapGet(
            "/{originHash}/checkpoint",
            async (HttpContext context, string originHash) =>
                await Send(context, await witness.GetCheckpointAsync(originHash, context.RequestAborted))
        );
        return app;
    }

    private static async Task Send(HttpContext context, WitnessResponse answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
