using CsCheck;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Client.Checks;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Checks;

/// <summary>Which of the client's own writes a check must see.</summary>
public sealed class PositionMemoryTests
{
    private static readonly Gen<Token> Tokens = Gen.Byte.Array[Token.Size].Select(bytes => new Token(bytes));

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void However_many_shards_there_are_a_write_on_the_token_is_asked_for()
    {
        Gen.Select(Tokens, Gen.Int[1, 12], Gen.ULong[1, 1000])
            .Sample(
                (token, bits, sequence) =>
                {
                    var memory = new PositionMemory(_clock);
                    var position = new Position { Shard = (uint)(token.Prefix >> (64 - bits)), Sequence = sequence };
                    memory.Remember(position);

                    return memory.For([token], []).Contains(position);
                }
            );
    }

    [Fact]
    public void Of_many_writes_few_are_asked_for()
    {
        var memory = Full(shards: 4096);

        Tokens.Sample(token => memory.For([token], []).Count <= 12);
    }

    [Fact]
    public void The_newest_write_in_a_shard_counts_whatever_the_order_of_answers()
    {
        var memory = new PositionMemory(_clock);
        var token = new Token(new byte[Token.Size]);
        memory.Remember(new Position { Shard = 0, Sequence = 7 });
        memory.Remember(new Position { Shard = 0, Sequence = 3 });
        memory.Remember(null);

        Assert.Equal(7u, Assert.Single(memory.For([token], [])).Sequence);
    }

    [Fact]
    public void What_the_caller_states_is_joined_to_it()
    {
        var memory = new PositionMemory(_clock);
        memory.Remember(new Position { Shard = 0, Sequence = 7 });
        Position[] stated = [new() { Shard = 0, Sequence = 9 }, new() { Shard = 200, Sequence = 1 }];

        Assert.Equal(
            [(0u, 9ul), (200u, 1ul)],
            memory
                .For([new Token(new byte[Token.Size])], stated)
                .Select(position => (position.Shard, position.Sequence))
                .Order()
        );
    }

    [Fact]
    public void After_a_minute_a_write_is_not_asked_for_any_more()
    {
        var memory = Full(shards: 2);
        var token = new Token(new byte[Token.Size]);

        _clock.Advance(PositionMemory.Lifetime - TimeSpan.FromTicks(1));
        Assert.Single(memory.For([token], []));

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Empty(memory.For([token], []));
    }

    [Fact]
    public async Task More_positions_than_a_request_may_hold_are_asked_for_in_several()
    {
        var checker = new TokenChecker(Full(shards: 4096));
        var tokens = Enumerable
            .Range(0, 600)
            .Select(number => new Token([(byte)(number >> 2), (byte)(number << 6), .. new byte[30]]))
            .ToArray();
        var asked = new List<CheckRequest>();

        var results = await checker.AskAsync(
            new CheckQuestion(new KeyId(IndicatorType.Email, 1, 7), tokens, CheckPurpose.Test, []),
            (request, _) =>
            {
                asked.Add(request);
                return Task.FromResult(new CheckResponse());
            },
            TestContext.Current.CancellationToken
        );

        Assert.Equal(tokens, results.Select(result => result.Token));
        Assert.All(asked, request => Assert.Null(MessageForms.Check(request)));
        Assert.Equal(tokens.Length, asked.Sum(request => request.Tokens.Length / Token.Size));
    }

    [Fact]
    public void The_most_positions_are_those_of_the_contract() =>
        Assert.Equal(
            (uint)TokenChecker.MaxPositions,
            CheckRequest
                .Descriptor.Fields[CheckRequest.AtLeastFieldNumber]
                .GetOptions()
                .GetExtension(FieldFormatExtensions.MaxItems)
        );

    private PositionMemory Full(uint shards)
    {
        var memory = new PositionMemory(_clock);
        for (var shard = 0u; shard < shards; shard++)
        {
            memory.Remember(new Position { Shard = shard, Sequence = 1 });
        }

        return memory;
    }
}
