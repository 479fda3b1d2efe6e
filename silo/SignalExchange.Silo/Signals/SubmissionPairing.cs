using SignalExchange.Contracts;
using SignalExchange.Grains.Indicators;
using SignalExchange.KeyService;
using SignalExchange.Silo.Keys;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Signals;

/// <summary>
/// While a key takes over from another, writes every submission under the newer name, and leads there from the older one: so nothing that is
/// submitted during a rotation is behind it, and checks under either key find it.
/// </summary>
internal sealed class SubmissionPairing(ReKeyer reKeyer, IRotationVault vault)
{
    /// <summary>Pairs drafts of a batch.</summary>
    /// <param name="drafts">The drafts; refused ones stay as they are.</param>
    /// <param name="elements">The elements that were submitted, in the places of the drafts.</param>
    /// <param name="keyId">The key that they were submitted under.</param>
    /// <param name="pair">The pair that it belongs to.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task Pair(
        SubmissionDraft[] drafts,
        IReadOnlyList<ReadOnlyMemory<byte>> elements,
        KeyId keyId,
        RotationPair pair,
        CancellationToken cancellationToken
    )
    {
        int[] places = [.. drafts.Index().Where(it => it.Item.Command is not null).Select(it => it.Index)];
        var isOlder = keyId == pair.From.KeyId;
        var (own, other) = isOlder ? (pair.From, pair.To) : (pair.To, pair.From);
        var others = await reKeyer.ReKey(own, other, [.. places.Select(place => elements[place])], cancellationToken);
        foreach (var (place, theirs) in places.Zip(others))
        {
            var ours = elements[place].Span;
            drafts[place] = isOlder ? Pair(drafts[place], pair, ours, theirs) : Pair(drafts[place], pair, theirs, ours);
        }
    }

    private SubmissionDraft Pair(
        SubmissionDraft draft,
        RotationPair pair,
        ReadOnlySpan<byte> older,
        ReadOnlySpan<byte> newer
    )
    {
        var (from, to) = (pair.From.KeyId, pair.To.KeyId);
        var token = TokenDerivation.FromElement(to, newer);
        var command = draft.Command! with { KeyId = to.ToString(), SealedElement = vault.Seal(to, newer) };
        var move = new MoveCommand(
            from.ToString(),
            vault.Seal(from, older),
            token.ToArray(),
            command.KeyId,
            command.SealedElement,
            ByRotation: false
        );
        return new(token, command, new SubmissionWay(TokenDerivation.FromElement(from, older), move));
    }
}
