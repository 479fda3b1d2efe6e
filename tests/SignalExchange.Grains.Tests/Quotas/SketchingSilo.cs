using System.Buffers.Binary;
using SignalExchange.Contracts;
using SignalExchange.Grains.Quotas;

namespace SignalExchange.Grains.Tests.Quotas;

/// <summary>A silo that sees numbered tokens and tells the grain.</summary>
internal sealed class SketchingSilo(IQuotaGrain quotas, string holder)
{
    private readonly TokenSketch _tokens = TokenSketch.ForTokens();
    private readonly TokenSketch _hits = TokenSketch.ForHits();
    private long _sequence;
    private long _day;
    private TokenHash _hash;

    public Task<TokenLeaseReply> Lease(long needed) => Ask(needed, isReturn: false);

    public Task<TokenLeaseReply> Return() => Ask(0, isReturn: true);

    public void Saw(long from, long to) => Add(_tokens, from, to);

    public void Hit(long from, long to) => Add(_hits, from, to);

    private async Task<TokenLeaseReply> Ask(long needed, bool isReturn)
    {
        var request = new LeaseRequest(holder, ++_sequence, 0, needed, isReturn);
        var reply = await quotas.LeaseTokens(new(request, _day, _tokens.ToArray(), _hits.ToArray()));
        if (reply.Key.Length > 0)
        {
            (_day, _hash) = (reply.Day, new TokenHash(reply.Key));
        }

        return reply;
    }

    private void Add(TokenSketch sketch, long from, long to)
    {
        Span<byte> token = stackalloc byte[Token.Size];
        for (var number = from; number < to; number++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(token, number);
            sketch.Add(_hash.Of(token));
        }
    }
}
