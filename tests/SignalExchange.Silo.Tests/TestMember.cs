using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SignalExchange.Contracts.Members;

namespace SignalExchange.Silo.Tests;

/// <summary>A member with a key, who signs tokens by hand, so that tests can sign wrong ones as well.</summary>
/// <param name="memberId">Who it is.</param>
/// <param name="key">Its key, which goes with it; null for a new one.</param>
public sealed class TestMember(string memberId, ECDsa? key = null) : IDisposable
{
    private static readonly JsonSerializerOptions AnyDepth = new() { MaxDepth = 1_000 };

    private readonly ECDsa _key = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string MemberId { get; } = memberId;

    public byte[] PublicKey => _key.ExportSubjectPublicKeyInfo();

    /// <summary>Gets a copy of the key, for whoever signs by the SDK.</summary>
    public ECDsa CopyKey() => ECDsa.Create(_key.ExportParameters(includePrivateParameters: true));

    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    public string Thumbprint =>
        KeyThumbprint.TryCompute(PublicKey, out var thumbprint) ? thumbprint : throw new InvalidOperationException();

    /// <summary>Signs a token that is right, but for what <paramref name="change"/> does to its header and claims.</summary>
    public string Sign(DateTimeOffset now, Action<JsonObject, JsonObject>? change = null)
    {
        var header = new JsonObject
        {
            ["alg"] = "ES256",
            ["typ"] = "JWT",
            ["kid"] = Thumbprint,
        };
        var claims = new JsonObject
        {
            ["iss"] = MemberId,
            ["sub"] = MemberId,
            ["aud"] = "signalexchange",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(1).ToUnixTimeSeconds(),
            ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        };
        change?.Invoke(header, claims);
        return SignText(header.ToJsonString(AnyDepth), claims.ToJsonString(AnyDepth));
    }

    /// <summary>Signs what need not even be JSON.</summary>
    public string SignText(string header, string claims)
    {
        var body = $"{Encode(header)}.{Encode(claims)}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(body), HashAlgorithmName.SHA256);
        return $"{body}.{Base64Url.EncodeToString(signature)}";
    }

    public byte[] SignBytes(byte[] data) => _key.SignData(data, HashAlgorithmName.SHA256);

    public void Dispose() => _key.Dispose();

    private static string Encode(string part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part));
}
