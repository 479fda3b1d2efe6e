using System.Security.Cryptography;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Disputes;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.Rotation;
using SignalExchange.Grains.Tests.Shards;
using SignalExchange.Storage;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Grains.Tests.Rotation;

/// <summary>Indicators that move, on a real silo over a real database.</summary>
public sealed class MoveTests
{
    private const string Old = "email/1/0000000000000001";
    private const string New = "email/2/0000000000000002";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task From_the_move_on_the_old_name_hands_on_whatever_is_asked_of_it()
    {
        await using var fixture = await ShardFixture.Start();
        var (from, to) = (NewToken(), NewToken());
        var (old, moved) = (Indicator(fixture, from), Indicator(fixture, to));
        var first = NewCommand("a");
        var accepted = (await old.Submit(first, Ct)).Accepted;

        Assert.Null(await old.Move(MoveTo(to), Ct));
        Assert.Null(await old.Move(MoveTo(to), Ct));

        Assert.Equal(accepted.SignalId, Assert.Single((await moved.Read(Callers.Of("a"), 0, Ct))!.Signals).SignalId);
        Assert.True((await old.Submit(first, Ct)).Accepted.AlreadyKnown);
        Assert.True((await moved.Submit(first, Ct)).Accepted.AlreadyKnown);
        await old.Submit(NewCommand("b"), Ct);
        Assert.Equal(2u, (await moved.Check(Callers.Of("c"), 0, Ct))!.DistinctMembers);
        await old.Withdraw(new(Callers.Of("a"), NewId(), RetractionReason.FalsePositive), Ct);
        Assert.Equal(1u, (await moved.Check(Callers.Of("c"), 0, Ct))!.DistinctMembers);
        Assert.Equal(1u, (await old.Check(Callers.Of("c"), 0, Ct))!.DistinctMembers);

        // A name that was never used leads on, too, and what is submitted there has the element of the new key.
        var fresh = NewToken();
        Assert.Null(await Indicator(fixture, fresh).Move(MoveTo(to), Ct));
        await Indicator(fixture, fresh).Submit(NewCommand("d"), Ct);
        Assert.Equal(2u, (await moved.Check(Callers.Of("c"), 0, Ct))!.DistinctMembers);
        var stored = StoredV1.IndicatorState.Parser.ParseFrom((await fixture.Read(to))!.State.Span);
        Assert.Equal((New, 9), (stored.KeyId, stored.SealedElement[0]));
    }

    [Fact]
    public async Task No_name_leads_to_two_others_and_none_of_another_key_moves()
    {
        await using var fixture = await ShardFixture.Start();
        var old = Indicator(fixture, NewToken());
        await old.Submit(NewCommand("a"), Ct);
        await old.Move(MoveTo(NewToken()), Ct);
        Assert.Equal(ErrorReason.Internal, (await old.Move(MoveTo(NewToken()), Ct))?.Reason);

        var other = Indicator(fixture, NewToken());
        await other.Submit(NewCommand("a"), Ct);
        var ofAnotherKey = MoveTo(NewToken()) with { FromKeyId = "email/7/0000000000000007" };
        Assert.Equal(ErrorReason.Internal, (await other.Move(ofAnotherKey, Ct))?.Reason);
        Assert.Equal(1u, (await other.Check(Callers.Of("b"), 0, Ct))!.DistinctMembers);
    }

    [Theory]
    [InlineData("lose-reply")]
    [InlineData("lose-commit")]
    [InlineData("refuse")]
    public async Task A_move_whose_write_fails_is_made_again_and_nothing_is_lost_or_doubled(string fault)
    {
        // The writes of a move: at the new name, then at the old one.
        for (var failing = 0; failing < 2; failing++)
        {
            await using var fixture = await ShardFixture.Start();
            var (from, to) = (NewToken(), NewToken());
            var old = Indicator(fixture, from);
            var command = NewCommand("a");
            await old.Submit(command, Ct);
            await old.Submit(NewCommand("b"), Ct);
            fixture.Store.FailAfter(failing, fault);

            while (await Indicator(fixture, from).Move(MoveTo(to), Ct) is { } refused)
            {
                Assert.NotEqual(ErrorReason.Internal, refused.Reason);
                // Until it has moved, everything is said at the old name.
                await Indicator(fixture, from).Submit(NewCommand("c"), Ct);
            }

            var read = (await Indicator(fixture, to).Read(Callers.Of("x"), 0, Ct))!.Signals;
            Assert.Equal(read.Select(it => it.Owner).Distinct(), read.Select(it => it.Owner));
            Assert.Subset(read.Select(it => it.Owner).ToHashSet(), new HashSet<string> { "a", "b" });
            Assert.True((await Indicator(fixture, from).Submit(command, Ct)).Accepted.AlreadyKnown);
        }
    }

    [Fact]
    public async Task Dispute_that_is_raised_while_its_row_moves_can_be_settled_after_the_old_name_is_forgotten()
    {
        await using var fixture = await ShardFixture.Start();
        var (from, to) = (NewToken(), NewToken());
        var old = Indicator(fixture, from);
        var signalId = (await old.Submit(NewCommand("a"), Ct)).Accepted.SignalId.ToByteArray();
        var book = fixture.Grains.GetGrain<IDisputeBookGrain>(0);

        // What the service does to raise it, and the move between its steps.
        var signal = (await old.FindDisputable(Callers.Of("b"), signalId, 0, Ct))!;
        var raised = await book.Raise(new(NewId(), "b", signalId, signal, DisputeReason.InsufficientEvidence));
        Assert.Null(await old.Move(MoveTo(to), Ct));
        Assert.Null(
            await Indicator(fixture, new(raised.Token!)).MarkDisputed(signalId, await book.MarkOf(signalId), 0, Ct)
        );
        Assert.Null(await old.Forget(Ct));

        var closed = await book.Close(raised.Dispute!.DisputeId.ToByteArray(), "b");
        Assert.Equal(to.ToArray(), closed.Token);
        Assert.True(Assert.Single((await Indicator(fixture, to).Read(Callers.Of("c"), 0, Ct))!.Signals).Disputed);
        Assert.Null(
            await Indicator(fixture, new(closed.Token!)).MarkDisputed(signalId, await book.MarkOf(signalId), 0, Ct)
        );
        Assert.False(Assert.Single((await Indicator(fixture, to).Read(Callers.Of("c"), 0, Ct))!.Signals).Disputed);
    }

    [Fact]
    public async Task Where_a_name_led_is_forgotten_for_good()
    {
        await using var fixture = await ShardFixture.Start();
        var (from, to) = (NewToken(), NewToken());
        var old = Indicator(fixture, from);
        await old.Submit(NewCommand("a"), Ct);
        await old.Move(MoveTo(to), Ct);

        Assert.Null(await old.Forget(Ct));
        Assert.Null(await Indicator(fixture, from).Forget(Ct));

        Assert.Null(await Indicator(fixture, from).Check(Callers.Of("b"), 0, Ct));
        Assert.Equal(1u, (await Indicator(fixture, to).Check(Callers.Of("b"), 0, Ct))!.DistinctMembers);
        Assert.Equal(-1, (await fixture.Read(from))!.State.Span.IndexOf(to.ToArray()));
        Assert.Null(await Indicator(fixture, to).Forget(Ct)); // A name that leads nowhere stays as it is.
        Assert.Equal(1u, (await Indicator(fixture, to).Check(Callers.Of("b"), 0, Ct))!.DistinctMembers);
    }

    [Fact]
    public async Task The_survey_finds_each_row_of_a_key_once_at_its_last_change()
    {
        await using var fixture = await ShardFixture.Start();
        var survey = new RotationSurvey(fixture.Store);
        var tokens = Enumerable.Range(0, 7).Select(_ => NewToken(shard: 5)).ToList();
        foreach (var token in tokens)
        {
            await Indicator(fixture, token).Submit(NewCommand("a"), Ct);
        }

        await Indicator(fixture, tokens[2]).Submit(NewCommand("b"), Ct); // Its last change is behind all others'.
        await Indicator(fixture, NewToken(shard: 5)).Submit(NewCommand("a") with { KeyId = New }, Ct);
        await Indicator(fixture, tokens[4]).Move(MoveTo(NewToken()), Ct);

        var found = new List<SurveyRow>();
        for (var (after, isAtEnd) = (0L, false); !isAtEnd; )
        {
            var page = await survey.ReadAsync(new Shard(5), after, Old, maxRows: 2, Ct);
            Assert.InRange(page.Rows.Count, 0, 2);
            found.AddRange(page.Rows);
            (after, isAtEnd) = (page.Sequence, page.IsAtEnd);
        }

        Token[] order = [tokens[0], tokens[1], tokens[3], tokens[5], tokens[6], tokens[2], tokens[4]];
        Assert.Equal(order, found.Select(row => row.Token));
        Assert.Equal(
            [.. Enumerable.Repeat(SurveyPlace.Here, 6), SurveyPlace.MovedBySubmission],
            found.Select(row => row.Place)
        );
    }

    private static MoveCommand MoveTo(Token to) => new(Old, [8], to.ToArray(), New, [9], ByRotation: false);

    private static IIndicatorGrain Indicator(ShardFixture fixture, Token token) =>
        fixture.Grains.GetGrain<IIndicatorGrain>(token.ToKeyString());

    private static Token NewToken(byte? shard = null)
    {
        var bytes = RandomNumberGenerator.GetBytes(Token.Size);
        bytes[0] = shard ?? bytes[0];
        return new(bytes);
    }

    private static SubmitCommand NewCommand(string member) =>
        new(
            Callers.Of(member),
            NewId(),
            IndicatorType.Email,
            Old,
            [8],
            Statements.Valid(
                TimeProvider.System.GetUtcNow(),
                it => it.Confidence = (uint)Interlocked.Increment(ref _said) % 100 + 1
            )
        );

    private static byte[] NewId() => SubmissionId.NewId().ToByteString().ToByteArray();

    private static int _said;
}
