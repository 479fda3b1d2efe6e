using System.Diagnostics.Metrics;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;

namespace SignalExchange.Silo.Tests.Quotas;

/// <summary>A sweep is noticed from the calls themselves, at the latest when the silo returns its leases.</summary>
public sealed class AlarmTests : IAsyncLifetime
{
    private readonly ExchangeFixture _exchange = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _exchange.Bootstrap();
        await _exchange.Start("--Exchange:Quotas:AlarmTokens", "1000", "--Exchange:Quotas:AlarmHitsPerMillion", "1000");
    }

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    [Fact]
    public async Task Much_asked_and_nothing_known_raises_the_alarm_and_as_much_asked_with_hits_does_not()
    {
        var (sweeps, honest) = (await Reporter.Join(_exchange, "sweeps"), await Reporter.Join(_exchange, "honest"));
        var elements = await honest.NewElements(10);
        await honest.Submit([.. elements.Select(element => Reporter.SubmissionOf(element))]);
        var known = Reporter.Pack(await Task.WhenAll(elements.Select(honest.TokenOf)));
        var alarms = 0L;
        using var listener = Listen(
            _exchange.Services.GetRequiredService<IMeterFactory>(),
            value => Interlocked.Add(ref alarms, value)
        );

        await Check(sweeps, TestTokens.Pack(0, 2_000));
        await Check(honest, ByteString.CopyFrom([.. TestTokens.Pack(0, 2_000), .. known]));
        await _exchange.Stop();

        Assert.Equal(1, Interlocked.Read(ref alarms));
    }

    // Other exchanges of this process have a meter of that name, too.
    private static MeterListener Listen(IMeterFactory meters, Action<long> count)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (
                    instrument.Meter.Name == QuotaMetrics.MeterName
                    && instrument.Meter.Scope == meters
                    && instrument.Name == "signalexchange.quota.enumeration_alarms"
                )
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => count(value));
        listener.Start();
        return listener;
    }

    private static async Task Check(Reporter member, ByteString tokens) =>
        await member.Signals.CheckAsync(
            new()
            {
                KeyId = (await member.Key()).KeyId,
                Tokens = tokens,
                Purpose = CheckPurpose.Test,
            },
            cancellationToken: Ct
        );
}
