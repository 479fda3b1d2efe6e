using System.Security.Cryptography;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;
using SignalExchange.Faults.Tests.Clusters;

namespace SignalExchange.Faults.Tests.Load;

/// <summary>A member with its own key, and a client for each silo, so that a test says who is called.</summary>
internal sealed class Platform : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly MemberCredential _credential;
    private readonly List<SignalExchangeClient> _clients;
    private readonly List<SignalExchangeClient> _patient;

    public Platform(string member, IReadOnlyList<SiloAddresses> silos)
    {
        Id = new MemberId(member);
        PublicKey = _key.ExportSubjectPublicKeyInfo();
        _credential = new MemberCredential(Id, _key);
        _clients = [.. silos.Select(silo => Make(silo.Members, TimeSpan.FromSeconds(5), retries: 4))];
        _patient = [.. silos.Select(silo => Make(silo.Members, TimeSpan.FromMinutes(2), retries: 100))];
    }

    public MemberId Id { get; }

    public byte[] PublicKey { get; }

    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Returns the client that calls a silo and no other.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="isPatient">Whether it tries again for minutes, rather than seconds.</param>
    public SignalExchangeClient At(int silo, bool isPatient = false) => (isPatient ? _patient : _clients)[silo];

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _patient.ForEach(client => client.Dispose());
        _credential.Dispose();
        _key.Dispose();
    }

    // Positions are asked for by who reads, so that the checker sees what silos answer by themselves.
    private SignalExchangeClient Make(Uri address, TimeSpan deadline, int retries) =>
        new(
            new SignalExchangeClientOptions
            {
                Endpoint = address,
                Credential = _credential,
                Deadline = deadline,
                MaxRetries = retries,
                ReadsOwnWrites = false,
            }
        );
}
