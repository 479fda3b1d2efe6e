using System.Security.Cryptography;
using CsCheck;
using Google.Protobuf;
using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Tests.Entries;

public sealed class DetailSealerTests : IDisposable
{
    private static readonly KeyName Name = new(new(682), LogRetention.Traffic);

    private readonly DetailKey _key = new(Name, new byte[DetailKey.Size]);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Detail_opens_to_what_was_sealed() =>
        Gen
            .Byte.Array[0, 5000]
            .Sample(
                bytes =>
                {
                    var detail = NewDetail(bytes);
                    var (entry, stored) = Seal(detail);
                    Assert.Equal(detail, DetailSealer.TryOpen(entry, stored, _key));
                },
                iter: 200
            );

    [Fact]
    public void Digests_are_those_that_the_contract_states()
    {
        var detail = NewDetail([1, 2, 3]);
        var (entry, stored) = Seal(detail);

        byte[] salted = [.. "signalexchange access-log detail 1"u8, 0, .. detail.ToByteArray()];
        Assert.Equal(SHA256.HashData(salted), entry.DetailDigest.ToByteArray());
        Assert.Equal(SHA256.HashData(stored), entry.SealedDigest.ToByteArray());
        Assert.Equal(Name.Period.Number, (int)entry.Period);
        Assert.Equal(LogRetention.Traffic, entry.Retention);
        Assert.Equal(1234, EntryCodec.UnixMilliseconds(entry));
    }

    // Computed from the definitions with another implementation of HKDF, HMAC and GCM (Python's). Changes with DetailKey, EntryCodec,
    // EntryDigests and access_log.proto: then old logs can't be read any more.
    [Fact]
    public void Bytes_are_those_of_the_first_log_that_was_written()
    {
        var detail = new AccessLogDetail { Salt = ByteString.CopyFrom(new byte[16]), Method = "/silo/start" };
        var sealedEntry = DetailSealer.Seal(detail, _key);

        Assert.Equal(
            "016f01bd1b8e4a108c4d522e0e22b916726006abbf33325f84caaac4da71063d1f92ea3bf4cdd0140ea571043312de46",
            Convert.ToHexStringLower(sealedEntry.SealedDetail)
        );
        Assert.Equal(
            "0801120b0880e2cfaa0610c0a9d33a180120aa052a2014d0528b4ef6749215c90555ce7cbf0ce056ab51a7280f8437503c24"
                + "12a63a5e32209acd12f568742f92abcdda76aab94f7d35784cda3a164ab629e7a6321a150200",
            Convert.ToHexStringLower(EntryCodec.Encode(sealedEntry, 1_700_000_000_123))
        );
    }

    [Fact]
    public void Altered_byte_anywhere_opens_nothing()
    {
        var (entry, stored) = Seal(NewDetail([1, 2, 3]));
        for (var i = 0; i < stored.Length; i++)
        {
            var altered = stored.ToArray();
            altered[i] ^= 1;
            Assert.Null(_key.Open(altered, entry.DetailDigest.Span));
            Assert.Null(DetailSealer.TryOpen(entry, altered, _key));
            Assert.False(DetailSealer.IsIntact(entry, altered));
        }

        Assert.Null(_key.Open([], entry.DetailDigest.Span));
        Assert.Null(_key.Open(stored.AsSpan(0, DetailKey.Overhead - 1), entry.DetailDigest.Span));
    }

    [Fact]
    public void Detail_of_another_entry_or_key_does_not_open()
    {
        var (one, storedOne) = Seal(NewDetail([1]));
        var (two, _) = Seal(NewDetail([1]));
        using var other = new DetailKey(Name with { Retention = LogRetention.Administration }, new byte[32]);

        Assert.Null(_key.Open(storedOne, two.DetailDigest.Span));
        Assert.Null(other.Open(storedOne, one.DetailDigest.Span));
        Assert.NotNull(_key.Open(storedOne, one.DetailDigest.Span));
    }

    [Fact]
    public void Equal_details_are_sealed_to_different_bytes_by_their_salts()
    {
        var (one, two) = (Seal(NewDetail([1, 2, 3])).Stored, Seal(NewDetail([1, 2, 3])).Stored);
        Assert.NotEqual(one[^20..], two[^20..]);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Detail_has_at_most_a_mebibyte(int beyond, bool fits)
    {
        var detail = NewDetail([]);
        var rest = DetailSealer.MaxDetailBytes - detail.CalculateSize() - 4 + beyond;
        detail.Pseudonyms = ByteString.CopyFrom(new byte[rest]);
        Assert.Equal(DetailSealer.MaxDetailBytes + beyond, detail.CalculateSize());

        if (fits)
        {
            var (entry, stored) = Seal(detail);
            Assert.Equal(detail, DetailSealer.TryOpen(entry, stored, _key));
        }
        else
        {
            Assert.Throws<ArgumentException>(() => DetailSealer.Seal(detail, _key));
        }
    }

    [Fact]
    public void Cleared_key_seals_and_opens_nothing()
    {
        var (entry, stored) = Seal(NewDetail([1]));
        _key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Seal(NewDetail([1])));
        Assert.Throws<ObjectDisposedException>(() => _key.Open(stored, entry.DetailDigest.Span));
    }

    [Fact]
    public void Leaf_is_read_only_in_the_form_in_which_it_is_written()
    {
        var bytes = Seal(NewDetail([1])).Entry.ToByteArray();
        Assert.NotNull(EntryCodec.TryDecode(bytes));
        Assert.InRange(bytes.Length, 70, 128);

        // The same message for a decoder, but other bytes, so another leaf.
        Assert.Null(EntryCodec.TryDecode([.. bytes, 0x08, 0x01]));
        Assert.Null(EntryCodec.TryDecode([.. bytes, 0x78, 0x01]));
        Assert.Null(EntryCodec.TryDecode(bytes.AsSpan(2)));
        Assert.Null(EntryCodec.TryDecode(bytes.AsSpan(0, bytes.Length - 1)));
        Assert.Null(EntryCodec.TryDecode(new byte[EntryCodec.MaxBytes + 1]));
        Assert.Null(EntryCodec.TryDecode([]));
    }

    private static AccessLogDetail NewDetail(byte[] pseudonyms) =>
        new()
        {
            Salt = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(16)),
            Pseudonyms = ByteString.CopyFrom(pseudonyms),
        };

    private (AccessLogEntry Entry, byte[] Stored) Seal(AccessLogDetail detail)
    {
        var sealedEntry = DetailSealer.Seal(detail, _key);
        return (EntryCodec.TryDecode(EntryCodec.Encode(sealedEntry, 1234))!, sealedEntry.SealedDetail);
    }
}
