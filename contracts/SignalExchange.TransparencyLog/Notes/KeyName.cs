using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SignalExchange.TransparencyLog.Notes;

/// <summary>Names of keys and their ids.</summary>
internal static class KeyName
{
    /// <summary>Tells whether a name may stand in a signature line: some characters, no Unicode space, no plus, no control.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (character == '+' || char.IsWhiteSpace(character) || char.IsControl(character))
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }

    /// <summary>Computes a key's id: the first four bytes of <c>SHA-256(name || 0x0A || type || public key)</c>.</summary>
    public static uint IdOf(string name, SignatureKind kind, ReadOnlySpan<byte> publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)kind, .. publicKey])
        );
}
