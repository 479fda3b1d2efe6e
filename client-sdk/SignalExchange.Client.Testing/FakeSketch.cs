using Google.Protobuf;
using SignalExchange.Contracts;

namespace SignalExchange.Client.Testing;

/// <summary>One sketch of a template of a fake exchange.</summary>
/// <param name="elements">The elements of its bands, which stay through a rotation of keys.</param>
/// <param name="generation">How many steps away from the first.</param>
/// <param name="addedAt">When it joined.</param>
/// <param name="owners">The members that stand behind a copy; none for the first ad.</param>
internal sealed class FakeSketch(ByteString elements, int generation, DateTimeOffset addedAt, params string[] owners)
{
    public ByteString Elements => elements;

    public int Generation => generation;

    public DateTimeOffset AddedAt => addedAt;

    public List<string> Owners { get; } = [.. owners];

    /// <summary>Gets the tokens of its bands under the key in force.</summary>
    public IReadOnlyList<Token> Bands { get; private set; } = [];

    /// <summary>Makes the tokens anew.</summary>
    public FakeSketch Under(KeyId keyId, IFakeKeys keys)
    {
        Bands = [.. Packed.Split(elements).Select(element => keys.TokenOf(keyId, element.Span))];
        return this;
    }

    public int CountAgreeing(IReadOnlyList<Token> bands) => Bands.Zip(bands).Count(band => band.First == band.Second);
}
