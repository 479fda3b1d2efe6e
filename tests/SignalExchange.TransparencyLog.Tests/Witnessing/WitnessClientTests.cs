using System.Net;
using System.Net.Http.Headers;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Tests.Tiles;
using SignalExchange.TransparencyLog.Tests.Verification;
using SignalExchange.TransparencyLog.Witnessing;

namespace SignalExchange.TransparencyLog.Tests.Witnessing;

public sealed class WitnessClientTests : IDisposable
{
    private readonly TestLog _log = new(300);
    private readonly NoteSigner _key = NoteSigner.Generate("witness.example", SignatureKind.Cosignature);
    private readonly Witness _witness;
    private readonly HttpClient _http;
    private readonly List<int> _statuses = [];

    public WitnessClientTests()
    {
        _witness = new Witness(_key, [_log.Signer.VerifierKey], new MemoryWitnessState());
        _http = CannedHandler.Client(AnswerAsync);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _witness.Dispose();
        _key.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task A_growing_log_is_signed_with_one_request_each_time()
    {
        var client = CreateClient();
        for (var i = 0; i < 3; i++)
        {
            var answer = await client.OfferAsync(_log.Note, _log.Tree, Cancelled);

            Assert.Equal(WitnessOutcome.Signed, answer.Outcome);
            Assert.True(_log.Note.With(answer.Signature!).Verify([_key.VerifierKey]).IsSigned);
            _log.Grow(200);
        }

        Assert.Equal([200, 200, 200], _statuses);
    }

    [Fact]
    public async Task A_client_that_forgot_asks_again_with_the_size_that_it_is_told()
    {
        await CreateClient().OfferAsync(_log.Note, _log.Tree, Cancelled);
        _log.Grow(200);

        var answer = await CreateClient().OfferAsync(_log.Note, _log.Tree, Cancelled);

        Assert.Equal(WitnessOutcome.Signed, answer.Outcome);
        Assert.Equal([200, 409, 200], _statuses);
    }

    [Fact]
    public async Task A_log_that_lost_entries_learns_it_from_the_witness()
    {
        var (old, tree) = (_log.Note, _log.Tree);
        _log.Grow(200);
        await CreateClient().OfferAsync(_log.Note, _log.Tree, Cancelled);

        var answer = await CreateClient().OfferAsync(old, tree, Cancelled);

        Assert.Equal((WitnessOutcome.Ahead, 409), (answer.Outcome, answer.Status!.Value));
    }

    [Fact]
    public async Task A_signature_of_somebody_else_is_no_signature()
    {
        using var other = NoteSigner.Generate("witness.example", SignatureKind.Cosignature);

        var answer = await new WitnessClient(_http, new Uri("https://witness.example"), other.VerifierKey).OfferAsync(
            _log.Note,
            _log.Tree,
            Cancelled
        );

        Assert.Equal((WitnessOutcome.Refused, 200), (answer.Outcome, answer.Status!.Value));
        Assert.Null(answer.Signature);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, WitnessOutcome.Refused)]
    [InlineData(HttpStatusCode.Conflict, WitnessOutcome.Refused)]
    [InlineData(HttpStatusCode.BadGateway, WitnessOutcome.Unreachable)]
    public async Task What_a_broken_witness_says_is_an_outcome(HttpStatusCode status, WitnessOutcome outcome)
    {
        using var http = CannedHandler.Client(_ =>
            Task.FromResult(CannedHandler.Answer(status, "nonsense"u8.ToArray()))
        );

        Assert.Equal(outcome, (await OfferAsync(http)).Outcome);
    }

    [Fact]
    public async Task A_witness_that_is_not_there_is_an_outcome()
    {
        using var refused = CannedHandler.Client(_ => throw new HttpRequestException("no route"));
        using var slow = CannedHandler.Client(_ => throw new TaskCanceledException("timeout"));
        using var endless = CannedHandler.Client(_ =>
            Task.FromResult(CannedHandler.Answer(HttpStatusCode.OK, new byte[100_000]))
        );

        Assert.Equal(WitnessOutcome.Unreachable, (await OfferAsync(refused)).Outcome);
        Assert.Equal(WitnessOutcome.Unreachable, (await OfferAsync(slow)).Outcome);
        Assert.Equal(WitnessOutcome.Unreachable, (await OfferAsync(endless)).Outcome);
    }

    private Task<WitnessAnswer> OfferAsync(HttpClient http) =>
        new WitnessClient(http, new Uri("https://witness.example"), _key.VerifierKey).OfferAsync(
            _log.Note,
            _log.Tree,
            Cancelled
        );

    private WitnessClient CreateClient() => new(_http, new Uri("https://witness.example/api"), _key.VerifierKey);

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request)
    {
        Assert.True(request.RequestUri!.AbsolutePath is "/api/add-checkpoint" or "/add-checkpoint");
        var answer = await _witness.AddCheckpointAsync(
            await request.Content!.ReadAsByteArrayAsync(Cancelled),
            Cancelled
        );
        _statuses.Add(answer.Status);
        var response = CannedHandler.Answer((HttpStatusCode)answer.Status, answer.Body.ToArray());
        response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(answer.ContentType);
        return response;
    }
}
