using System.Text;

namespace SignalExchange.Tokens.Canonical;

/// <summary>What a canonical form makes of a raw identifier: its bytes, or why there are none.</summary>
internal readonly record struct CanonicalForm(byte[]? Bytes, CanonicalProblem Problem)
{
    public static implicit operator CanonicalForm(CanonicalProblem problem) => new(null, problem);

    public static CanonicalForm Of(string text) => new(Encoding.UTF8.GetBytes(text), CanonicalProblem.None);

    public static CanonicalForm Of(byte[] bytes) => new(bytes, CanonicalProblem.None);
}
