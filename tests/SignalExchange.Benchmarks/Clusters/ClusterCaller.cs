using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Net.Client;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Clusters;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Benchmarks.Clusters;

/// <summary>The member that is measured, with a connection to each silo; the SDK's retries, and no memory of what it wrote.</summary>
internal sealed class ClusterCaller
{
    private readonly SignalService.SignalServiceClient[] _silos;
    private readonly KeyId _key;

    private ClusterCaller(IEnumerable<GrpcChannel> channels, KeyId key) =>
        (_silos, _key) = ([.. channels.Select(channel => new SignalService.SignalServiceClient(channel))], key);

    /// <summary>Gets the key in force for phone numbers.</summary>
    public string KeyId => _key.ToString();

    /// <summary>Connects.</summary>
    public static async Task<ClusterCaller> Open(SiloCluster cluster, string keyFile)
    {
        GrpcChannel[] channels = [.. cluster.Silos.Select(silo => BenchMember.Open(silo.Address, keyFile))];
        var manifests = await new Contracts.V1.KeyService.KeyServiceClient(channels[0]).GetKeyManifestsAsync(new());
        var text = manifests.Manifests.First(it => it.Type == IndicatorType.PhoneE164).KeyId;
        return Contracts.KeyId.TryParse(text, out var key)
            ? new(channels, key)
            : throw new InvalidOperationException("The key service named no key.");
    }

    /// <summary>Returns the token of an element.</summary>
    public Token TokenOf(ReadOnlySpan<byte> element) => TokenDerivation.FromElement(_key, element);

    /// <summary>Submits a signal on each element, on one silo.</summary>
    public async Task<IReadOnlyList<SubmitResult>> Submit(int silo, IEnumerable<byte[]> elements)
    {
        var statement = Statements.Valid(TimeProvider.System.GetUtcNow());
        var request = new SubmitRequest { KeyId = KeyId };
        request.Submissions.Add(
            elements.Select(element => new Submission
            {
                SubmissionId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SubmissionId.Size)),
                Element = ByteString.CopyFrom(element),
                Statement = statement,
            })
        );
        return (await _silos[silo].SubmitAsync(request)).Results;
    }

    /// <summary>Asks one silo about a token.</summary>
    /// <returns>Whether it is known there.</returns>
    public async Task<bool> IsKnown(int silo, Token token, params Position[] atLeast)
    {
        var request = new CheckRequest
        {
            KeyId = KeyId,
            Tokens = ByteString.CopyFrom(token.ToArray()),
            Purpose = CheckPurpose.Registration,
            AtLeast = { atLeast },
        };
        return (await _silos[silo].CheckAsync(request)).Hits.Count > 0;
    }
}
