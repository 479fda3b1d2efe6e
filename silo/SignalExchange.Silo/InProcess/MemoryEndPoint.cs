using System.Net;

namespace SignalExchange.Silo.InProcess;

/// <summary>The address of this server within its own process; nobody outside can connect to it.</summary>
internal sealed class MemoryEndPoint : EndPoint
{
    /// <summary>The only one of a process's kind; which server it leads to, its <see cref="MemoryTransport"/> says.</summary>
    public static readonly MemoryEndPoint Instance = new();

    private MemoryEndPoint() { }

    /// <inheritdoc/>
    public override string ToString() => "memory";
}
