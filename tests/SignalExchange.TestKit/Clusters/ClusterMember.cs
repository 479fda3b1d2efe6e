using System.Diagnostics;
using System.Security.Cryptography;
using Grpc.Core;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;
using SignalExchange.Tokens;

namespace SignalExchange.TestKit.Clusters;

/// <summary>A member with one key, and a client of its own for each silo: what one of them knows, the others do not.</summary>
public sealed class ClusterMember : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly MemberCredential _credential;
    private readonly SignalExchangeClient[] _clients;

    /// <summary>Makes one that nobody knows yet.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="addresses">Where the silos are.</param>
    public ClusterMember(MemberId id, IEnumerable<Uri> addresses)
    {
        Id = id;
        PublicKey = _key.ExportSubjectPublicKeyInfo();
        _credential = new(id, _key);
        _clients = [.. addresses.Select(Open)];
    }

    /// <summary>Gets its id.</summary>
    public MemberId Id { get; }

    /// <summary>Gets its public key, DER SubjectPublicKeyInfo.</summary>
    public byte[] PublicKey { get; }

    /// <summary>Gets the same in PEM.</summary>
    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Gets the private key in PEM, for whoever calls from another process.</summary>
    public string PrivateKeyPem => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>Returns its client of a silo.</summary>
    public SignalExchangeClient At(int silo) => _clients[silo];

    /// <summary>Waits until every silo has heard of the key: a moment after one of them was told.</summary>
    public Task UntilKnownAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_clients.Select(client => UntilKnownAsync(client, cancellationToken)));

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(_clients, client => client.Dispose());
        _credential.Dispose();
    }

    private static async Task UntilKnownAsync(SignalExchangeClient client, CancellationToken cancellationToken)
    {
        for (var begun = Stopwatch.GetTimestamp(); ; await Task.Delay(20, cancellationToken))
        {
            try
            {
                await client.MakeTokensAsync([Identifier.Email("known@mail.example").GetOrThrow()], cancellationToken);
                return;
            }
            catch (SignalExchangeException failure)
                when (failure.StatusCode == StatusCode.Unauthenticated && Stopwatch.GetElapsedTime(begun) < Patience)
            {
                // Not yet.
            }
        }
    }

    private SignalExchangeClient Open(Uri address) =>
        new(
            new SignalExchangeClientOptions
            {
                Endpoint = address,
                Credential = _credential,
                Deadline = TimeSpan.FromSeconds(60),
                MaxRetries = 8,
            }
        );
}
