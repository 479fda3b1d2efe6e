using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>What is not known costs no grain, by the runtime's own counter.</summary>
[Collection(ProcessWide.Name)]
public sealed class CheckActivationTests(ExchangeFixture exchange) : IClassFixture<ExchangeFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_unknown_tokens_activate_no_grain()
    {
        var a = await Reporter.Join(exchange, "asks-a-lot");
        var created = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "orleans-catalog-activation-created")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref created, value));
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => Interlocked.Add(ref created, value));
        listener.Start();
        // The member's first check of the day leases its quota.
        await a.Check([NewToken()]);
        var request = await a.CheckRequestOf(Enumerable.Range(0, 1000).Select(_ => NewToken()));
        listener.RecordObservableInstruments();
        var before = Interlocked.Read(ref created);

        var answer = await a.Signals.CheckAsync(request, cancellationToken: Ct);

        listener.RecordObservableInstruments();
        Assert.Empty(answer.Hits);
        Assert.Equal(before, Interlocked.Read(ref created));
        var element = (await a.NewElements(1))[0];
        await a.Submit(Reporter.SubmissionOf(element));
        await a.Check([await a.TokenOf(element)]);
        listener.RecordObservableInstruments();
        Assert.True(Interlocked.Read(ref created) > before, "The counter must see the grain of a hit.");
    }

    private static Token NewToken() => new(RandomNumberGenerator.GetBytes(Token.Size));
}
