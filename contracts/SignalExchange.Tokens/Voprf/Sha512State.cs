using System.Runtime.InteropServices;

namespace SignalExchange.Tokens.Voprf;

/// <summary>libsodium's running state of one SHA-512, kept on the caller's stack.</summary>
[StructLayout(LayoutKind.Sequential, Size = 208)]
internal struct Sha512State
{
    private readonly ulong _first; // Gives the struct the alignment of C's; the other 200 bytes need no name.
}
