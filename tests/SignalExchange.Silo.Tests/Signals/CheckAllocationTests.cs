using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Signals;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>What a check of tokens that nobody reported takes from the managed heap: nothing for a token, little for a call.</summary>
[Collection(ProcessWide.Name)]
public sealed class CheckAllocationTests : IAsyncLifetime
{
    // A message of some fields, the lists in it, and the state machines of a call that waits for nobody.
    private const long MostForCall = 2_048;
    private const int Tries = 200;

    private readonly ExchangeFixture _exchange = new();

    public async ValueTask InitializeAsync()
    {
        await _exchange.Bootstrap();
        await _exchange.Start(
            "--Exchange:Signals:AnswerStep",
            "00:00:00",
            "--Exchange:Quotas:Burst:TokensPerSecond",
            "10000000",
            "--Exchange:Quotas:Burst:TokenBurst",
            "100000000"
        );
    }

    [Fact]
    public async Task A_token_takes_nothing_and_a_call_little()
    {
        var member = await _exchange.AddMember("counts-bytes");
        var key = await new Reporter(_exchange.InvokerFor(member)).Key();
        var directory = _exchange.Services.GetRequiredService<MemberDirectory>();
        await ExchangeFixture.Until(() => directory.Find(member.Thumbprint) is not null, "the member is known");
        var service = ActivatorUtilities.CreateInstance<SignalGrpcService>(_exchange.Services);
        var call = new DirectCall(directory.Find(member.Thumbprint)!.Identity);

        var (one, half) = (await Least(1), await Least(Limits.MaxBatch / 2));
        var whole = await Least(Limits.MaxBatch);

        Assert.InRange(one, 1, MostForCall);
        Assert.Equal(half, whole);
        Assert.InRange(whole, one, MostForCall + (256 * IntPtr.Size)); // places for the positions of all shards

        // Now and then a call renews a copy or a lease and waits: the least of many is a call that had nothing to renew.
        async Task<long> Least(int count)
        {
            var request = new CheckRequest
            {
                KeyId = key.KeyId,
                Purpose = CheckPurpose.Registration,
                Tokens = SpreadTokens(count),
            };
            var least = long.MaxValue;
            for (var round = 0; round < Tries; round++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var answer = service.Check(request, call);
                var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                least = answer.IsCompletedSuccessfully ? Math.Min(least, bytes) : least;
                await answer;
            }

            return least;
        }
    }

    public ValueTask DisposeAsync() => _exchange.DisposeAsync();

    // Over all shards, and the same every time, so that they count once against the day's quota.
    private static ByteString SpreadTokens(int count)
    {
        var tokens = new byte[count * Token.Size];
        for (var place = 0; place < count; place++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(
                tokens.AsSpan(place * Token.Size),
                (uint)(place * (0x1_0000_0000 / count))
            );
        }

        return UnsafeByteOperations.UnsafeWrap(tokens);
    }
}
