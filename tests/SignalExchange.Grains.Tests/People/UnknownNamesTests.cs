using System.Security.Cryptography;
using System.Text;
using SignalExchange.Grains.People;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Tests.People;

/// <summary>Whoever guesses at names is told of one that nobody has what is told of an account.</summary>
public sealed class UnknownNamesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);
    private static readonly PersonOptions Options = new();

    [Fact]
    public void A_name_that_nobody_has_is_locked_at_the_same_attempt_for_the_same_time_as_an_account()
    {
        var (names, account, now) = (new UnknownNames(), new PersonAccess(), Now);
        for (var attempt = 0; attempt < 30; attempt++)
        {
            var (next, wait) = PersonLedger.Begin(account, Options, now);
            Assert.Equal(wait, Begin(names, "nobody", now));
            account = next ?? account;
            now += TimeSpan.FromSeconds(20);
        }
    }

    [Fact]
    public void One_name_does_not_lock_another()
    {
        var names = new UnknownNames();
        for (var attempt = 0; attempt < Options.FreeAttempts; attempt++)
        {
            Begin(names, "nobody", Now);
        }

        Assert.True(Begin(names, "nobody", Now) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, Begin(names, "nobody-else", Now));
    }

    [Fact]
    public void The_name_that_was_tried_longest_ago_is_forgotten_when_there_are_too_many()
    {
        var names = new UnknownNames();
        for (var attempt = 0; attempt < Options.FreeAttempts; attempt++)
        {
            Begin(names, "first", Now);
            Begin(names, "second", Now.AddSeconds(1));
        }

        for (var place = 0; place < UnknownNames.MaxNames - 1; place++)
        {
            Begin(names, $"name-{place}", Now.AddSeconds(2));
        }

        Assert.True(Begin(names, "second", Now.AddSeconds(3)) > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, Begin(names, "first", Now.AddSeconds(3)));
    }

    [Fact]
    public void What_is_written_is_as_large_as_an_accounts_own()
    {
        var account = new PersonAccess
        {
            Failures = 1,
            Credentials =
            {
                new Credentials
                {
                    CredentialId = PersonActs.Random(16),
                    Salt = PersonActs.Random(16),
                    Hash = PersonActs.Random(32),
                    MemoryKib = 65536,
                    Passes = 3,
                    SealedSecret = PersonActs.Random(48),
                },
            },
        };

        var written = new UnknownNames().Begin(DigestOf("nobody"), Options, Now).Next!;

        Assert.Equal(account.CalculateSize(), written.CalculateSize());
    }

    private static TimeSpan Begin(UnknownNames names, string name, DateTimeOffset now) =>
        names.Begin(DigestOf(name), Options, now).RetryAfter;

    private static byte[] DigestOf(string name) => SHA256.HashData(Encoding.ASCII.GetBytes(name));
}
