using System.Security.Cryptography;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;

namespace SignalExchange.Demo;

/// <summary>A member with its own key and client, everything it sends and receives captured.</summary>
internal sealed class Platform : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly MemberCredential _credential;

    public Platform(string member, Uri address, Capture capture)
    {
        Id = new MemberId(member);
        PublicKey = _key.ExportSubjectPublicKeyInfo();
        _credential = new MemberCredential(Id, _key);
        Client = new SignalExchangeClient(
            new SignalExchangeClientOptions
            {
                Endpoint = address,
                Credential = _credential,
                CreateHandler = capture.CreateHandler,
                Deadline = TimeSpan.FromSeconds(60),
                MaxRetries = 8,
            }
        );
    }

    public MemberId Id { get; }

    public byte[] PublicKey { get; }

    public SignalExchangeClient Client { get; }

    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    public void Dispose()
    {
        Client.Dispose();
        _credential.Dispose();
    }
}
