using CsCheck;
using Google.Protobuf;
using SignalExchange.Grains.People;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Tests.People;

public sealed class PersonLedgerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);
    private static readonly PersonOptions Options = new();
    private static readonly ByteString Id = PersonActs.Random(32);

    [Fact]
    public void The_last_free_attempt_locks_and_each_further_one_doubles_the_lock_to_its_longest()
    {
        var (state, now) = (new PersonAccess(), Now);
        var locks = new List<TimeSpan>();
        for (var attempt = 0; attempt < 12; attempt++)
        {
            var (next, _) = PersonLedger.Begin(state, Options, now);
            state = next!;
            locks.Add(state.LockedUntil is null ? TimeSpan.Zero : state.LockedUntil.ToDateTimeOffset() - now);
            now += locks[^1];
        }

        Assert.Equal(Enumerable.Repeat(TimeSpan.Zero, 4), locks.Take(4));
        Assert.Equal([30, 60, 120, 240, 480, 900, 900, 900], locks.Skip(4).Select(it => it.TotalSeconds));
    }

    [Fact]
    public void A_locked_account_says_for_how_long_and_counts_nothing()
    {
        var state = new PersonAccess { Failures = 5, LockedUntil = At(Now.AddSeconds(30)) };

        Assert.Equal((null, TimeSpan.FromSeconds(20)), PersonLedger.Begin(state, Options, Now.AddSeconds(10)));
        Assert.NotNull(PersonLedger.Begin(state, Options, Now.AddSeconds(30)).Next);
    }

    [Fact]
    public void No_step_of_the_authenticator_is_accepted_twice_nor_one_before_it()
    {
        var state = PersonLedger.Finish(new PersonAccess { Failures = 3 }, 100)!;

        Assert.Equal(0, state.Failures);
        Assert.Null(PersonLedger.Finish(state, 100));
        Assert.Null(PersonLedger.Finish(state, 99));
        Assert.NotNull(PersonLedger.Finish(state, 101));
    }

    [Fact]
    public void A_session_ends_when_its_person_is_idle_and_when_it_is_too_old()
    {
        var state = Open(new(), Id, Now);

        Assert.NotNull(Find(state, Now + Options.IdleLife - TimeSpan.FromTicks(1)));
        Assert.Null(Find(state, Now + Options.IdleLife));
        for (var at = Now; at < Now + Options.LongestLife; at += TimeSpan.FromMinutes(10))
        {
            state = PersonLedger.Touch(state, Find(state, at)!, at) ?? state;
        }

        Assert.NotNull(Find(state, Now + Options.LongestLife - TimeSpan.FromTicks(1)));
        Assert.Null(Find(state, Now + Options.LongestLife));
    }

    [Fact]
    public void A_session_of_an_older_epoch_is_over() =>
        Assert.Null(PersonLedger.Find(Open(new(), Id, Now), Id, epoch: 1, Options, Now));

    [Fact]
    public void One_session_more_than_allowed_ends_the_oldest()
    {
        var ids = Enumerable.Range(0, Options.MaxSessions + 1).Select(_ => PersonActs.Random(32)).ToList();

        var state = ids.Aggregate(new PersonAccess(), (it, id) => Open(it, id, Now));

        Assert.Equal(ids.Skip(1), state.Sessions.Select(it => it.IdDigest));
    }

    [Fact]
    public void Credentials_that_are_being_made_leave_those_in_force_alone()
    {
        var (old, stale, made) = (CredentialsOf(1), CredentialsOf(2), CredentialsOf(3));
        var state = new PersonAccess { Credentials = { old, stale } };

        var next = PersonLedger.Prepare(state, made, old.CredentialId, step: 7);

        Assert.Equal([old, made], next.Credentials);
    }

    [Fact]
    public void Whatever_the_order_of_attempts_guesses_side_by_side_are_all_counted() =>
        Gen.Int[1, 40]
            .Sample(guesses =>
            {
                var (state, now, admitted) = (new PersonAccess(), Now, 0);
                for (var guess = 0; guess < guesses; guess++)
                {
                    var (next, _) = PersonLedger.Begin(state, Options, now);
                    admitted += next is null ? 0 : 1;
                    state = next ?? state;
                    now += TimeSpan.FromMilliseconds(100);
                }

                return admitted <= Options.FreeAttempts;
            });

    private static Credentials CredentialsOf(byte id) => new() { CredentialId = ByteString.CopyFrom(id) };

    private static PersonAccess Open(PersonAccess state, ByteString id, DateTimeOffset now) =>
        PersonLedger.Open(state, id, epoch: 0, Options, now);

    private static PersonSession? Find(PersonAccess state, DateTimeOffset now) =>
        PersonLedger.Find(state, Id, epoch: 0, Options, now);

    private static Google.Protobuf.WellKnownTypes.Timestamp At(DateTimeOffset time) =>
        Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(time);
}
