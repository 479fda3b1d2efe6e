using Google.Protobuf.Collections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Witnessing;

namespace SignalExchange.Silo.Tests.Operations;

/// <summary>Who vouches for a silo's log, as operators see it.</summary>
public sealed class WitnessStandingTests
{
    private const string Witnesses = "--Exchange:AccessLog:Witnesses";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silo_names_its_witnesses_and_says_when_the_signature_of_each_last_came()
    {
        await using var exchange = new ExchangeFixture();
        await exchange.InitializeAsync(); // which makes the log's key
        var logKey = VerifierKey.Parse(exchange.Log.VerifierKey);
        await exchange.Stop();
        using var signer = NoteSigner.Generate("witness.example", SignatureKind.Cosignature);
        using var absent = NoteSigner.Generate("absent.example", SignatureKind.Cosignature);
        using var witness = new Witness(signer, [logKey], new Memory());
        await using var server = await Serve(witness);
        var started = TimeProvider.System.GetUtcNow();

        await exchange.Start([
            .. At(0, server.Urls.First(), signer),
            .. At(1, "http://127.0.0.1:1", absent),
        ] // nobody listens there
        );

        var operations = new OperationsService.OperationsServiceClient(exchange.InvokerFor(exchange.Operator));
        RepeatedField<WitnessStanding> standings = [];
        await ExchangeFixture.Until(
            async () =>
            {
                var overview = await operations.GetOverviewAsync(
                    new() { Span = OverviewSpan.Hour },
                    cancellationToken: Ct
                );
                standings = overview.Now.Silos is [var silo] ? silo.WitnessStandings : [];
                return standings is [{ SignedAt: not null }, _];
            },
            "the overview tells of the witness's signature"
        );
        Assert.Equal(
            [$"{signer.VerifierKey}", $"{absent.VerifierKey}"],
            standings.Select(standing => standing.VerifierKey)
        );
        Assert.True(standings[0].SignedAt.ToDateTimeOffset() >= started);
        Assert.Null(standings[1].SignedAt);
    }

    private static string[] At(int place, string address, NoteSigner key) =>
        [$"{Witnesses}:{place}:Address", address, $"{Witnesses}:{place}:VerifierKey", $"{key.VerifierKey}"];

    private static async Task<WebApplication> Serve(Witness witness)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost(
            "/add-checkpoint",
            async (HttpContext http) =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body, http.RequestAborted);
                var answer = await witness.AddCheckpointAsync(body.ToArray(), http.RequestAborted);
                http.Response.StatusCode = answer.Status;
                http.Response.ContentType = answer.ContentType;
                await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
            }
        );
        await app.StartAsync(Ct);
        return app;
    }

    private sealed class Memory : IWitnessState
    {
        private SignedNote? _last;

        public IReadOnlyCollection<SignedNote> Checkpoints => _last is { } note ? [note] : [];

        public void Save(SignedNote note) => _last = note;
    }
}
