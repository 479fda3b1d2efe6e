using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Contracts;

namespace SignalExchange.Benchmarks.Load;

/// <summary>Random tokens, drawn once; a request takes a window of them without a copy. Safe from any thread.</summary>
internal sealed class TokenPool
{
    private const int Many = 1_000_000;
    private const int Few = 10_000;
    private const int KnownOnes = 10_000;
    private const int KnownEvery = 100;

    private readonly byte[] _tokens;
    private readonly int _batch;
    private readonly bool _isAlwaysNew;
    private long _next;

    /// <summary>Draws the tokens.</summary>
    /// <param name="choice">Which.</param>
    /// <param name="batch">How many a request takes.</param>
    public TokenPool(TokenChoice choice, int batch)
    {
        (_batch, _isAlwaysNew) = (batch, choice == TokenChoice.AlwaysNew);
        _tokens = RandomNumberGenerator.GetBytes((choice == TokenChoice.FewUnknown ? Few : Many) * Token.Size);
        HitsExpected = choice == TokenChoice.OneInHundredKnown ? batch / KnownEvery : 0;
        for (var place = 0; HitsExpected > 0 && place < Many; place += KnownEvery)
        {
            KnownTokens.Write(RandomNumberGenerator.GetInt32(KnownOnes), _tokens.AsSpan(place * Token.Size));
        }
    }

    /// <summary>Gets how many tokens of each window are known.</summary>
    public int HitsExpected { get; }

    /// <summary>Returns the tokens of a request.</summary>
    public ByteString Next()
    {
        // A window that begins a few bytes further on has other tokens altogether.
        var offset = _isAlwaysNew ? NewOffset() : Token.Size * RandomNumberGenerator.GetInt32(Windows + 1);
        return UnsafeByteOperations.UnsafeWrap(_tokens.AsMemory(offset, _batch * Token.Size));
    }

    private int Windows => (_tokens.Length / Token.Size) - _batch;

    private int NewOffset()
    {
        var number = Interlocked.Increment(ref _next);
        var windowsInTurn = (_tokens.Length / Token.Size / _batch) - 1;
        var (turn, window) = Math.DivRem(number, windowsInTurn);
        return turn < Token.Size
            ? (int)((window * _batch * Token.Size) + turn)
            : throw new InvalidOperationException("Every new token has been asked about.");
    }
}
