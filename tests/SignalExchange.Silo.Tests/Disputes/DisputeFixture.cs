using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;

namespace SignalExchange.Silo.Tests.Disputes;

/// <summary>An exchange with an owner, another reporter, a reader who disputes, and a stranger.</summary>
public sealed class DisputeFixture : IAsyncLifetime
{
    public const string Ring = "ring";

    private readonly Dictionary<Token, ByteString> _elements = [];

    public ExchangeFixture Exchange { get; } = new();

    public DisputeSide Owner { get; private set; } = null!;

    public DisputeSide Second { get; private set; } = null!;

    public DisputeSide Reader { get; private set; } = null!;

    public DisputeSide Stranger { get; private set; } = null!;

    public DisputeService.DisputeServiceClient Operators => new(Exchange.InvokerFor(Exchange.Operator));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Exchange.InitializeAsync();
        Owner = new(Exchange.InvokerFor(await Exchange.AddMember("owner", Ring)));
        Second = new(Exchange.InvokerFor(await Exchange.AddMember("second", Ring)));
        Reader = new(Exchange.InvokerFor(await Exchange.AddMember("reader", Ring)));
        Stranger = new(Exchange.InvokerFor(await Exchange.AddMember("stranger")));
    }

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    /// <summary>The owner reports something new.</summary>
    public async Task<(Token Token, ByteString SignalId)> Reported(Action<SignalStatement>? change = null)
    {
        var element = Assert.Single(await Owner.Reports.NewElements(1));
        var said = Assert.Single(await Owner.Reports.Submit(Reporter.SubmissionOf(element, change)));
        var token = await Owner.Reports.TokenOf(element);
        _elements[token] = element;
        return (token, said.Accepted.SignalId);
    }

    /// <summary>Two members report the same, and let others block.</summary>
    public async Task<(Token Token, ByteString SignalId)> ReportedByTwo()
    {
        var reported = await Reported(said => said.PermittedAction = PermittedAction.MayBlock);
        var second = Reporter.SubmissionOf(
            _elements[reported.Token],
            said => said.PermittedAction = PermittedAction.MayBlock
        );
        Assert.NotNull(Assert.Single(await Second.Reports.Submit(second)).Accepted);
        return reported;
    }

    /// <summary>The owner reports something new, and the reader disputes it.</summary>
    public async Task<(Token Token, Dispute Dispute)> Disputed()
    {
        var (token, signalId) = await Reported();
        return (token, await Raise(Reader, token, signalId));
    }

    /// <summary>The owner changes what it said.</summary>
    public async Task SayAgain(Token token, uint revision = 2)
    {
        var again = Reporter.SubmissionOf(_elements[token], said => said.Confidence = 60);
        Assert.Equal(revision, Assert.Single(await Owner.Reports.Submit(again)).Accepted.Revision);
    }

    public static async Task<Verdict> VerdictFor(DisputeSide side, Token token) =>
        Assert.Single((await side.Reports.Check([token])).Hits).Verdict;

    public static async Task<Dispute> Raise(DisputeSide side, Token token, string owner) =>
        await Raise(side, token, (await VerdictFor(side, token)).Signals.Single(it => it.Owner == owner).SignalId);

    public static async Task<Dispute> Raise(DisputeSide side, Token token, ByteString signalId)
    {
        var request = new RaiseDisputeRequest
        {
            KeyId = (await side.Reports.Key()).KeyId,
            Token = ByteString.CopyFrom(token.ToArray()),
            SignalId = signalId,
            Reason = DisputeReason.Recycled,
        };
        return (await side.RaiseDisputeAsync(request, cancellationToken: Ct)).Dispute;
    }

    public static async Task<IReadOnlyList<ByteString>> Unsettled(DisputeSide side)
    {
        var listed = await side.ListDisputesAsync(new() { Unsettled = true, PageSize = 200 }, cancellationToken: Ct);
        return [.. listed.Disputes.Select(it => it.DisputeId)];
    }
}
