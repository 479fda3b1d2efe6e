using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Tests.Entries;

public sealed class EntryDraftTests : IDisposable
{
    private static readonly Token One = new([.. Enumerable.Repeat((byte)1, 32)]);
    private static readonly Token Two = new([.. Enumerable.Repeat((byte)2, 32)]);

    private readonly DetailKey _key = new(new(new(682), LogRetention.Traffic), new byte[32]);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Question_is_proved_by_the_salt_and_the_sorted_tokens()
    {
        var draft = new EntryDraft(_key);
        draft.SetAsked([.. Two.ToArray(), .. One.ToArray()]);

        byte[] expected = [.. draft.Detail.Salt, .. One.ToArray(), .. Two.ToArray()];
        Assert.Equal(16, draft.Detail.Salt.Length);
        Assert.Equal(SHA256.HashData(expected), draft.Detail.AskedDigest.ToByteArray());
    }

    [Fact]
    public void Answer_is_proved_by_the_salt_and_its_bytes()
    {
        var draft = new EntryDraft(_key);
        var answer = new CheckResponse
        {
            AsOf =
            {
                new Position { Shard = 1, Sequence = 2 },
            },
        };
        draft.SetAnswer(answer);

        byte[] expected = [.. draft.Detail.Salt, .. answer.ToByteArray()];
        Assert.Equal(SHA256.HashData(expected), draft.Detail.AnswerDigest.ToByteArray());
    }

    [Fact]
    public void Pseudonym_is_the_same_within_a_period_and_another_in_the_next()
    {
        using var nextMonth = new DetailKey(new(new(683), LogRetention.Traffic), new byte[32]);
        var (one, two, later) = (new EntryDraft(_key), new EntryDraft(_key), new EntryDraft(nextMonth));
        one.SetPseudonyms([One, Two]);
        two.SetPseudonyms([Two]);
        later.SetPseudonyms([Two]);

        Assert.Equal(32, one.Detail.Pseudonyms.Length);
        Assert.Equal(one.Detail.Pseudonyms.ToByteArray()[16..], two.Detail.Pseudonyms.ToByteArray());
        Assert.NotEqual(two.Detail.Pseudonyms, later.Detail.Pseudonyms);
        Assert.DoesNotContain(
            Convert.ToHexString(Two.ToArray()[..4]),
            Convert.ToHexString(two.Detail.Pseudonyms.Span),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Addresses_have_pseudonyms_that_no_token_has()
    {
        var draft = new EntryDraft(_key);
        var address = draft.PseudonymOfAddress([192, 0, 2, 1]);

        Assert.Equal(16, address.Length);
        Assert.Equal(address, draft.PseudonymOfAddress([192, 0, 2, 1]));
        Assert.NotEqual(address, draft.PseudonymOfAddress([192, 0, 2, 2]));
    }

    [Fact]
    public void Salts_differ() =>
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => new EntryDraft(_key).Detail.Salt).Distinct().Count());
}
