using System.Security.Cryptography;
using System.Text;
using SignalExchange.Grains.People;

namespace SignalExchange.Silo.People;

/// <summary>One-time codes: 25 digits of Crockford's base32, 125 random bits, in five groups to be read and typed.</summary>
/// <remarks>So long that a plain digest of one can't be turned back, so that is what is kept.</remarks>
internal static class SignInCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const string Domain = "signalexchange sign-in code 1";
    private const int Groups = 5;
    private const int GroupLength = 5;

    /// <summary>Makes a code.</summary>
    public static string New() =>
        string.Join(
            '-',
            Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength))
        );

    /// <summary>Returns the digest that is kept of a code, however it was typed.</summary>
    /// <returns>32 bytes; of what is no code, too.</returns>
    public static byte[] DigestOf(string typed) => SHA256.HashData(Encoding.UTF8.GetBytes($"{Domain}\0{Plain(typed)}"));

    /// <summary>Returns the digest that is kept of a code, or of its two halves, however they were typed and in whatever order.</summary>
    /// <param name="typed">The code, or one half.</param>
    /// <param name="other">The other half; empty or white for none.</param>
    public static byte[] DigestOf(string typed, string other) =>
        string.IsNullOrWhiteSpace(other) ? DigestOf(typed) : CodeHalves.Join(DigestOf(typed), DigestOf(other));

    // Crockford's base32 reads O as 0, I and L as 1; hyphens and spaces are for the eye.
    private static string Plain(string typed)
    {
        var plain = new StringBuilder(typed.Length);
        foreach (var letter in typed.ToUpperInvariant().Where(it => it is not ('-' or ' ')))
        {
            plain.Append(
                letter is 'O' ? '0'
                : letter is 'I' or 'L' ? '1'
                : letter
            );
        }

        return plain.ToString();
    }
}
