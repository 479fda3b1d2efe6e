using System.CommandLine;
using System.Security.Cryptography;

namespace SignalExchange.Cli.Options;

/// <summary>What several commands about members ask for.</summary>
internal static class MemberOptions
{
    public static Argument<string> Name() =>
        new("name") { Description = "The member's id: 3 to 32 lower-case letters, digits, hyphens." };

    public static Option<string> PublicKey() =>
        new("--public-key") { Description = "Its public key, PEM.", Required = true };

    public static Option<string> Agreement() =>
        new("--agreement") { Description = "The agreement to accept, for example agreement-3.", Required = true };

    public static Option<string[]> Countries(bool isRequired) =>
        new("--country")
        {
            Description = "Country under whose law it receives signals, two capital letters; may be repeated.",
            Required = isRequired,
            DefaultValueFactory = _ => [],
        };

    /// <summary>Reads a public key, to DER SubjectPublicKeyInfo.</summary>
    public static async Task<byte[]> ReadPublicKey(string file, CancellationToken cancellationToken)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(file, cancellationToken));
        return key.ExportSubjectPublicKeyInfo();
    }
}
