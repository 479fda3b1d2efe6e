using System.Buffers.Binary;

namespace SignalExchange.TransparencyLog.Notes;

/// <summary>A signature line of a note.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="KeyId">The key's id.</param>
/// <param name="Bytes">The signature, without the key's id.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes)
{
    private const string Start = "\u2014 ";

    /// <summary>Reads a line.</summary>
    /// <param name="line">Without its newline: em dash, space, name, space, base64 of the id and the signature.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static NoteSignature Parse(string line)
    {
        var parts = line.StartsWith(Start, StringComparison.Ordinal) ? line[Start.Length..].Split(' ') : [];
        return
            parts is [var name, var base64]
            && KeyName.IsValid(name)
            && StrictText.TryParseBase64(base64, out var bytes)
            && bytes.Length > sizeof(uint)
            ? new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(sizeof(uint)))
            : throw new FormatException("A signature line is an em dash, the key's name and base64, a space between.");
    }

    /// <summary>Returns the line, without a newline.</summary>
    public override string ToString()
    {
        var bytes = new byte[sizeof(uint) + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.CopyTo(bytes.AsMemory(sizeof(uint)));
        return $"{Start}{Name} {Convert.ToBase64String(bytes)}";
    }

    internal static NoteSignature Of(VerifierKey key, ReadOnlyMemory<byte> bytes) => new(key.Name, key.Id, bytes);

    internal bool IsOf(VerifierKey key) => Name == key.Name && KeyId == key.Id;
}
