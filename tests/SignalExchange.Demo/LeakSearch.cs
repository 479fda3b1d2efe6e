using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using SignalExchange.Demo.Corpus;

namespace SignalExchange.Demo;

/// <summary>Searches files for what must never be in them: every spelling, every canonical form, and its SHA-256 in bytes, hex and base64.</summary>
internal sealed class LeakSearch
{
    // Files are read in pieces that overlap by the longest needle, so that nothing hides in between.
    private const int Piece = 8 * 1024 * 1024;

    private readonly SearchValues<string> _needles;
    private readonly int _longest;

    public LeakSearch(IReadOnlyList<Specimen> corpus)
    {
        var needles = corpus.SelectMany(NeedlesOf).ToHashSet(StringComparer.Ordinal);
        Count = needles.Count;
        _longest = needles.Max(needle => needle.Length);
        _needles = SearchValues.Create([.. needles], StringComparison.Ordinal);
    }

    /// <summary>Gets how many different things are searched for.</summary>
    public int Count { get; }

    /// <summary>Searches a file.</summary>
    /// <returns>Whether something was found, and how many bytes were read.</returns>
    public (bool IsFound, long Bytes) Search(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[Piece + _longest];
        var kept = 0;
        var total = 0L;
        for (int read; (read = stream.ReadAtLeast(buffer.AsSpan(kept, Piece), Piece, throwOnEndOfStream: false)) > 0; )
        {
            total += read;
            var text = Encoding.Latin1.GetString(buffer, 0, kept + read);
            if (text.AsSpan().ContainsAny(_needles))
            {
                return (true, total);
            }

            var next = Math.Min(_longest, kept + read);
            buffer.AsSpan(kept + read - next, next).CopyTo(buffer);
            kept = next;
        }

        return (false, total);
    }

    // Latin-1 maps bytes to characters one to one: so bytes can be searched for as text.
    private static IEnumerable<string> NeedlesOf(Specimen specimen)
    {
        foreach (var spelling in specimen.Spellings.Select(spelling => spelling.Trim()))
        {
            yield return AsLatin1(Encoding.UTF8.GetBytes(spelling));
        }

        foreach (var canonical in CanonicalsOf(specimen))
        {
            var digest = SHA256.HashData(canonical);
            yield return AsLatin1(canonical);
            yield return AsLatin1(digest);
            yield return Convert.ToHexStringLower(digest);
            yield return Convert.ToHexString(digest);
            yield return Convert.ToBase64String(digest).TrimEnd('=');
        }
    }

    /// <summary>The canonical form, and what others would hash in its place: the first spelling, with and without its plus.</summary>
    private static IEnumerable<byte[]> CanonicalsOf(Specimen specimen)
    {
        yield return specimen.Read(0).Canonical.ToArray();
        yield return Encoding.UTF8.GetBytes(specimen.Spellings[0]);
        yield return Encoding.UTF8.GetBytes(specimen.Spellings[0].TrimStart('+'));
    }

    private static string AsLatin1(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
