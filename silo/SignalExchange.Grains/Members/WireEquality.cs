using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;

namespace SignalExchange.Grains.Members;

/// <summary>Messages are the same when their bytes are.</summary>
/// <remarks>
/// The generated <c>Equals</c> takes a field that is absent for one that is 0: a quota of nothing for the default, a filter of one status
/// for a filter of all.
/// </remarks>
internal sealed class WireEquality<T> : IEqualityComparer<T>
    where T : class, IMessage
{
    /// <summary>The only one.</summary>
    public static readonly WireEquality<T> Instance = new();

    /// <inheritdoc/>
    public bool Equals(T? x, T? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.ToByteString() == y.ToByteString());

    /// <inheritdoc/>
    public int GetHashCode([DisallowNull] T obj) => obj.GetHashCode();
}
