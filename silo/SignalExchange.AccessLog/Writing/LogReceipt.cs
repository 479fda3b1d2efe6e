using Google.Protobuf;
using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Writing;

/// <summary>Where an entry stands, once it is on stable storage.</summary>
/// <param name="Origin">The log's origin.</param>
/// <param name="Index">The entry's place in it, from 0.</param>
/// <param name="Salt">The salt of its detail: with it, the caller can prove what it asked.</param>
public readonly record struct LogReceipt(string Origin, long Index, ByteString Salt)
{
    /// <summary>Returns it as a message.</summary>
    public AccessLogReceipt ToMessage() =>
        new()
        {
            Origin = Origin,
            Index = (ulong)Index,
            Salt = Salt,
        };

    /// <summary>Returns origin and index.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Origin} {Index}");
}
