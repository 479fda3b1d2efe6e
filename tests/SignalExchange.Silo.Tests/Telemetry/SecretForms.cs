using System.Buffers.Text;
using System.Text;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>Everything that a secret may look like in exported bytes: raw, hexadecimal, base64, and the beginnings of these.</summary>
internal sealed class SecretForms
{
    // 16 bytes are 21 whole characters of base64, and two bits.
    private const int Prefix = 16;
    private const int PrefixInBase64 = Prefix * 8 / 6;

    private readonly Dictionary<string, byte[]> _forms = new(StringComparer.Ordinal);

    private SecretForms() { }

    /// <summary>Gets the names of the forms.</summary>
    public IEnumerable<string> Names => _forms.Keys;

    /// <summary>Returns the forms of bytes, at least 16 of them.</summary>
    public static SecretForms Of(ReadOnlySpan<byte> secret)
    {
        var forms = new SecretForms();
        var prefix = secret[..Prefix];
        forms.Add("raw", prefix.ToArray());
        forms.Add("hex", Convert.ToHexStringLower(prefix));
        forms.Add("HEX", Convert.ToHexString(prefix));
        forms.Add("hex with dashes", BitConverter.ToString(prefix.ToArray()));
        forms.Add("base64", Convert.ToBase64String(secret)[..PrefixInBase64]);
        forms.Add("base64url", Base64Url.EncodeToString(secret)[..PrefixInBase64]);
        return forms;
    }

    /// <summary>Returns the one form of a text.</summary>
    public static SecretForms Of(string secret)
    {
        var forms = new SecretForms();
        forms.Add("text", secret);
        return forms;
    }

    /// <summary>Returns the names of the forms that stand in a text.</summary>
    public IEnumerable<string> FoundIn(string text) => FoundIn(Encoding.UTF8.GetBytes(text));

    /// <summary>Returns the names of the forms that stand in bytes.</summary>
    public IEnumerable<string> FoundIn(byte[] bytes) =>
        _forms.Where(form => bytes.AsSpan().IndexOf(form.Value) >= 0).Select(form => form.Key);

    /// <summary>Returns the bytes of a form.</summary>
    public byte[] Written(string name) => _forms[name];

    private void Add(string name, string text) => Add(name, Encoding.UTF8.GetBytes(text));

    private void Add(string name, byte[] bytes) => _forms.Add(name, bytes);
}
