using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Contracts;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>Which methods let their answers, and refusals, leave at whole steps only: all that do different work for what is there and for what is not.</summary>
public sealed class PacedMethodsTests : IAsyncLifetime
{
    private const string Key = "email/9/0f3c5a7b9d1e2f40"; // not in force
    private const string RaiseDispute = "/signalexchange.v1.DisputeService/RaiseDispute";

    private readonly StepCounter _clock = new(TimeSpan.FromMilliseconds(37));
    private readonly ExchangeFixture _exchange;

    public PacedMethodsTests() =>
        _exchange = new()
        {
            Settings = ["--Exchange:Signals:AnswerStep", "00:00:00.037"],
            Replace = services => services.AddSingleton<TimeProvider>(_clock),
        };

    private static IEnumerable<string> Methods =>
        ContractFiles.Methods.Where(method =>
            method.Contains(".SignalService/", StringComparison.Ordinal)
            || method.Contains(".TemplateService/", StringComparison.Ordinal)
            || method == RaiseDispute
        );

    public ValueTask InitializeAsync() => _exchange.InitializeAsync();

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    [Fact]
    public async Task Every_method_that_is_about_indicators_is_paced()
    {
        var caller = _exchange.InvokerFor(await _exchange.AddMember("is-paced"));
        var unpaced = new List<string>();
        foreach (var method in Methods)
        {
            var before = _clock.Steps;
            await Assert.ThrowsAsync<RpcException>(() => caller.Call(method, MessageOf(method)));
            unpaced.AddRange(_clock.Steps == before ? [method] : []);
        }

        Assert.Empty(unpaced);
        Assert.Equal(13, Methods.Count());
    }

    // Of a stream's message the form is looked at first; its batch is paced.
    private static byte[] MessageOf(string method) =>
        method.Split('/')[^1] switch
        {
            "SubmitStream" => new SubmitStreamRequest
            {
                Batch = new() { KeyId = Key, Submissions = { new Submission() } },
            }.ToByteArray(),
            "CheckStream" => new CheckStreamRequest
            {
                Batch = new()
                {
                    KeyId = Key,
                    Tokens = Bytes(Token.Size),
                    Purpose = CheckPurpose.Test,
                },
            }.ToByteArray(),
            "MatchAdsStream" => new MatchAdsStreamRequest
            {
                Batch = new()
                {
                    KeyId = Key,
                    BandTokens = Bytes(Token.Size * Limits.BandsPerAd),
                    Purpose = CheckPurpose.Test,
                },
            }.ToByteArray(),
            _ => [],
        };

    private static ByteString Bytes(int count) => ByteString.CopyFrom(new byte[count]);

    private sealed class StepCounter(TimeSpan step) : TimeProvider
    {
        private int _steps;

        public int Steps => Volatile.Read(ref _steps);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == step)
            {
                Interlocked.Increment(ref _steps);
            }

            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
