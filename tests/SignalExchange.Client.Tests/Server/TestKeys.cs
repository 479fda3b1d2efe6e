using System.Collections.Concurrent;
using Google.Protobuf;
using SignalExchange.Client.Testing;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Client.Tests.Server;

/// <summary>The key service's keys: real ones, which a test may swap, retire and misuse.</summary>
internal sealed class TestKeys : IFakeKeys, IDisposable
{
    private readonly ConcurrentBag<VoprfKey> _all = [];
    private readonly ConcurrentDictionary<KeyId, VoprfKey> _byId = new();
    private readonly ConcurrentDictionary<IndicatorType, KeyCommitment> _active = new();

    public TestKeys()
    {
        foreach (var type in IndicatorTypes.All)
        {
            Install(type, epoch: 1);
        }
    }

    /// <summary>Gets or sets what is done to a manifest before it is shown.</summary>
    public Func<KeyManifest, KeyManifest> Show { get; set; } = static manifest => manifest;

    /// <summary>Gets or sets what is done to an honest evaluation before it is answered.</summary>
    public Func<EvaluateResponse, EvaluateResponse> Answer { get; set; } = static response => response;

    /// <summary>Gets or sets which key is used in place of the one that was asked for.</summary>
    public Func<KeyId, KeyId>? Pretend { get; set; }

    /// <summary>Gets the key of a type that is in force.</summary>
    public KeyCommitment Active(IndicatorType type) => _active[type];

    public KeyId KeyOf(IndicatorType type) => _active[type].KeyId;

    public Token TokenOf(KeyId keyId, ReadOnlySpan<byte> element) => TokenDerivation.FromElement(keyId, element);

    public bool IsActive(KeyId keyId) => _active[keyId.Type].KeyId == keyId;

    /// <summary>Makes a new key and puts it in force; the one before it is retired at once.</summary>
    public KeyCommitment Install(IndicatorType type, uint epoch)
    {
        var key = VoprfKey.Generate();
        _all.Add(key);
        var commitment = KeyCommitment.To(type, epoch, key.PublicKey);
        _byId[commitment.KeyId] = key;
        return _active[type] = commitment;
    }

    public IEnumerable<KeyManifest> Manifests() =>
        _active.Values.Select(key =>
            Show(
                new KeyManifest
                {
                    KeyId = key.KeyId.ToString(),
                    Type = key.KeyId.Type,
                    Epoch = key.KeyId.Epoch,
                    PublicKey = ByteString.CopyFrom(key.PublicKey.Span),
                    CanonicalVersion = "canon-1",
                    State = KeyState.Active,
                }
            )
        );

    public EvaluateResponse Evaluate(KeyId keyId, ByteString blinded) =>
        Answer(EvaluateUnder(Pretend?.Invoke(keyId) ?? keyId, blinded));

    private EvaluateResponse EvaluateUnder(KeyId keyId, ByteString blinded)
    {
        var (evaluated, proof) = (new byte[blinded.Length], new byte[VoprfKey.ProofSize]);
        _byId[keyId].Evaluate(blinded.Span, evaluated, proof);
        return new EvaluateResponse
        {
            EvaluatedElements = ByteString.CopyFrom(evaluated),
            Proof = ByteString.CopyFrom(proof),
        };
    }

    public void Dispose()
    {
        foreach (var key in _all)
        {
            key.Dispose();
        }
    }
}
