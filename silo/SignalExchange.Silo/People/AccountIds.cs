using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SignalExchange.Silo.People;

/// <summary>The ids of accounts: 256 bits as 43 characters of base64url, the form of a key's thumbprint.</summary>
internal static class AccountIds
{
    private const string Domain = "signalexchange account 1";

    /// <summary>Makes the id of a local account.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes));

    /// <summary>Returns the id of a person whom a provider knows: the same for the same issuer and subject, and neither can be read from it.</summary>
    public static string Of(string issuer, string subject) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{Domain}\0{issuer}\0{subject}")));
}
