using System.Text;
using SignalExchange.Tokens.Canonical.Wallets;

namespace SignalExchange.Tokens.Tests.Canonical.Wallets;

public sealed class Keccak256Tests
{
    // From noble-hashes, an independent implementation: nothing, both sides of the block's edge, more than two blocks.
    [Theory]
    [InlineData(0, "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData(135, "34367dc248bbd832f4e3e69dfaac2f92638bd0bbd18f2912ba4ef454919cf446")]
    [InlineData(136, "a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e")]
    [InlineData(300, "5b7e0e47a96f32a88b4f14ca177982790807c40e1a105742ba0fc1babe1ef826")]
    public void Letters_a_of_any_number(int count, string expected) =>
        Assert.Equal(expected, Hash(new string('a', count)));

    [Fact]
    public void Abc() => Assert.Equal("4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45", Hash("abc"));

    private static string Hash(string text) => Convert.ToHexStringLower(Keccak256.Hash(Encoding.ASCII.GetBytes(text)));
}
