using System.Buffers.Binary;
using SignalExchange.Contracts;
using SignalExchange.Grains.Quotas;

namespace SignalExchange.Grains.Tests.Quotas;

public sealed class TokenSketchTests
{
    // 1.04 / sqrt(2^14); four standard errors pass all but one in 16,000 keys.
    private const double StandardError = 0.008125;

    [Fact]
    public void The_hash_is_siphash_2_4()
    {
        // openssl mac -macopt hexkey:000102030405060708090a0b0c0d0e0f -macopt size:8 -in (00 01 ... 1f) SIPHASH
        var hash = new TokenHash(Bytes(16)).Of(Bytes(32));

        Span<byte> written = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(written, hash);
        Assert.Equal("CE7CF2722F512771", Convert.ToHexString(written));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(10_000)]
    [InlineData(50_000)]
    [InlineData(1_000_000)]
    public void The_estimate_is_within_four_standard_errors(int count)
    {
        var sketch = Filled(0, count);

        Assert.InRange(sketch.Estimate(), count * (1 - (4 * StandardError)), count * (1 + (4 * StandardError)));
    }

    [Fact]
    public void The_standard_error_over_many_keys_is_the_one_that_is_stated()
    {
        const int Count = 100_000;
        var squares = 0.0;
        const int Keys = 50;
        for (byte key = 0; key < Keys; key++)
        {
            var error = (Filled(0, Count, key).Estimate() - Count) / Count;
            squares += error * error;
        }

        Assert.InRange(Math.Sqrt(squares / Keys), StandardError * 0.7, StandardError * 1.3);
    }

    [Fact]
    public void The_same_tokens_again_change_nothing()
    {
        var sketch = Filled(0, 1_000);
        var before = sketch.Estimate();

        Fill(sketch, 0, 1_000);

        Assert.Equal(before, sketch.Estimate());
    }

    [Fact]
    public void Merged_sketches_are_the_sketch_of_everything()
    {
        var merged = Filled(0, 6_000);

        merged.Merge(Filled(4_000, 10_000).ToArray());

        Assert.Equal(Filled(0, 10_000).ToArray(), merged.ToArray());
        Assert.Equal(Filled(0, 10_000).Estimate(), merged.Estimate());
    }

    [Fact]
    public void The_estimate_never_falls()
    {
        var sketch = TokenSketch.ForTokens();
        var last = 0.0;
        for (var token = 0; token < 100_000; token++)
        {
            Fill(sketch, token, token + 1);
            var estimate = sketch.Estimate();
            Assert.True(estimate >= last, $"It fell from {last} to {estimate} at {token}.");
            last = estimate;
        }
    }

    [Fact]
    public void Tokens_made_to_look_alike_count_one_by_one()
    {
        // All differ in two bytes only: without a keyed hash they might share registers.
        var sketch = TokenSketch.ForTokens();
        var hash = new TokenHash(TokenHash.NewKey());
        var token = new byte[Token.Size];
        for (var number = 0; number < 65_536; number++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(token.AsSpan(30), (ushort)number);
            sketch.Add(hash.Of(token));
        }

        Assert.InRange(sketch.Estimate(), 65_536 * 0.95, 65_536 * 1.05);
    }

    [Fact]
    public void Adding_and_estimating_allocate_nothing()
    {
        var (sketch, scratch) = (TokenSketch.ForTokens(), TokenSketch.ForTokens());
        Fill(sketch, 0, 100);
        _ = sketch.Estimate();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Fill(sketch, 0, 10_000);
        scratch.CopyFrom(sketch);
        _ = scratch.Estimate();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Registers_of_another_size_or_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TokenSketch.ForTokens().Merge(TokenSketch.ForHits().ToArray()));
        var wrong = TokenSketch.ForTokens().ToArray();
        wrong[7] = 52;
        Assert.Throws<ArgumentException>(() => TokenSketch.ForTokens().Merge(wrong));
    }

    private static TokenSketch Filled(int from, int to, byte key = 7)
    {
        var sketch = TokenSketch.ForTokens();
        Fill(sketch, from, to, key);
        return sketch;
    }

    private static void Fill(TokenSketch sketch, int from, int to, byte key = 7)
    {
        Span<byte> keyBytes = stackalloc byte[TokenHash.KeySize];
        keyBytes.Fill(key);
        var hash = new TokenHash(keyBytes);
        Span<byte> token = stackalloc byte[Token.Size];
        for (var number = from; number < to; number++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(token, number);
            sketch.Add(hash.Of(token));
        }
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(value => (byte)value)];
}
