using CsCheck;
using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts;

namespace SignalExchange.AccessLog.Tests.Entries;

public sealed class PackedTokensTests
{
    // Few values a byte: tokens that share their first bits, and tokens that are the same.
    private static readonly Gen<byte[]> SharingBits = Gen.OneOf(Gen.Byte, Gen.Byte[0, 1])
        .Array[Token.Size]
        .Array[0, 400]
        .Select(tokens => tokens.SelectMany(token => token).ToArray());

    [Fact]
    public void Sorted_as_tokens_compare() =>
        SharingBits.Sample(packed =>
        {
            var sorted = new byte[packed.Length];
            PackedTokens.CopySorted(packed, sorted);

            Assert.Equal(packed.Chunk(Token.Size).Select(it => new Token(it)).Order(), Tokens(sorted));
        });

    [Fact]
    public void Tokens_that_all_begin_the_same_are_sorted_too()
    {
        var packed = Enumerable.Range(0, 10_000).SelectMany(i => Token(10_000 - i)).ToArray();
        var sorted = new byte[packed.Length];
        PackedTokens.CopySorted(packed, sorted);

        Assert.Equal(Tokens(packed).Order(), Tokens(sorted));

        static byte[] Token(int number) => [.. new byte[28], .. BitConverter.GetBytes(number)];
    }

    [Fact]
    public void Sorting_allocates_nothing()
    {
        var packed = System.Security.Cryptography.RandomNumberGenerator.GetBytes(1_000 * Token.Size);
        var sorted = new byte[packed.Length];
        PackedTokens.CopySorted(packed, sorted);
        var before = GC.GetAllocatedBytesForCurrentThread();
        PackedTokens.CopySorted(packed, sorted);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static IEnumerable<Token> Tokens(byte[] packed) => packed.Chunk(Token.Size).Select(it => new Token(it));
}
