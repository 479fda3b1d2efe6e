using System.Security.Cryptography;
using Grpc.Net.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Client.Transport;
using SignalExchange.Contracts;

namespace SignalExchange.Benchmarks.Exchanges;

/// <summary>The one member of every exchange that is measured. Its key lies in a file, so that loads and servers of other processes have it, too.</summary>
internal static class BenchMember
{
    /// <summary>Who it is.</summary>
    public static readonly MemberId Id = new("bench-member");

    /// <summary>Makes its key.</summary>
    /// <param name="file">Where the private key goes, in PEM.</param>
    public static void MakeKey(string file)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(file, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Reads its public key, DER SubjectPublicKeyInfo.</summary>
    public static byte[] PublicKey(string file)
    {
        using var credential = MemberCredential.FromPemFile(Id, file);
        return credential.PublicKey;
    }

    /// <summary>Opens a channel as the SDK does: a signed token for each call, the SDK's retries and limits.</summary>
    public static GrpcChannel Open(Uri address, string keyFile) =>
        Open(address, MemberCredential.FromPemFile(Id, keyFile));

    /// <summary>Opens a channel for any credential.</summary>
    public static GrpcChannel Open(Uri address, MemberCredential credential) =>
        ExchangeChannel.Open(new SignalExchangeClientOptions { Endpoint = address, Credential = credential });
}
