using System.Diagnostics.CodeAnalysis;

namespace SignalExchange.Storage;

/// <summary>Finds in a change's detail what the index of ads needs. Grains know the encoding, the index does not.</summary>
/// <remarks>Asked about every change of every log, so it must be quick to say no. Safe from any thread.</remarks>
public interface ITemplateChangeReader
{
    /// <summary>Reads a detail.</summary>
    /// <param name="detail">The detail of a change.</param>
    /// <param name="change">What it says of a template; null if nothing.</param>
    /// <returns>Whether it says something.</returns>
    bool TryRead(ReadOnlyMemory<byte> detail, [NotNullWhen(true)] out TemplateChange? change);
}
