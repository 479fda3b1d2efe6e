using System.Security.Cryptography;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;

namespace SignalExchange.Demo;

/// <summary>A member with its own key and client, everything it sends and receives captured.</summary>
internal sealed class Platform : IDisposable
{
    private readonly ECDsa _key;
    private readonly MemberCredential _credential;

    public Platform(string member, Uri address, Capture capture)
        : this(member, ECDsa.Create(ECCurve.NamedCurves.nistP256), address, capture) { }

    private Platform(string member, ECDsa key, Uri address, Capture capture)
    {
        Id = new MemberId(member);
        _key = key;
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

    /// <summary>Returns a member that has its key already.</summary>
    /// <exception cref="FormatException">The file holds no private key.</exception>
    public static Platform Of(string member, string keyFile, Uri address, Capture capture)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(keyFile));
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new FormatException($"{keyFile} holds no private key in PEM form.", exception);
        }

        return new(member, key, address, capture);
    }

    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    public void Dispose()
    {
        Client.Dispose();
        _credential.Dispose();
    }
}
