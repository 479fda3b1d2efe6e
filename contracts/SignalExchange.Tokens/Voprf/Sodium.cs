using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]

namespace SignalExchange.Tokens.Voprf;

/// <summary>The functions of libsodium that the VOPRF stands on.</summary>
/// <remarks>
/// No length is checked here: callers pass spans of at least the size that the C function reads or writes.
/// Every function with a secret among its arguments runs in constant time. Safe from any thread.
/// </remarks>
internal static partial class Sodium
{
    private const string Library = "libsodium";

    /// <summary>Initialises the library before the first call of any function below.</summary>
    static Sodium()
    {
        if (Initialize() < 0)
        {
            throw new InvalidOperationException(
                "libsodium could not be initialised: it found no source of randomness."
            );
        }

        if (Sha512StateSize() != (nuint)Marshal.SizeOf<Sha512State>())
        {
            throw new InvalidOperationException("This libsodium keeps another state for SHA-512. Use version 1.0.22.");
        }
    }

    [LibraryImport(Library, EntryPoint = "sodium_init")]
    private static partial int Initialize();

    [LibraryImport(Library, EntryPoint = "crypto_hash_sha512_statebytes")]
    private static partial nuint Sha512StateSize();

    [LibraryImport(Library, EntryPoint = "sodium_malloc")]
    internal static partial nint Allocate(nuint size);

    [LibraryImport(Library, EntryPoint = "sodium_free")]
    internal static partial void Free(nint memory);

    [LibraryImport(Library, EntryPoint = "sodium_mprotect_readonly")]
    internal static partial int MakeReadOnly(SecretScalar memory);

    [LibraryImport(Library, EntryPoint = "crypto_hash_sha512_init")]
    internal static partial int Sha512Init(ref Sha512State state);

    [LibraryImport(Library, EntryPoint = "crypto_hash_sha512_update")]
    internal static partial int Sha512Update(ref Sha512State state, ReadOnlySpan<byte> bytes, ulong length);

    [LibraryImport(Library, EntryPoint = "crypto_hash_sha512_final")]
    internal static partial int Sha512Final(ref Sha512State state, Span<byte> digest);

    [LibraryImport(Library, EntryPoint = "crypto_core_ristretto255_is_valid_point")]
    internal static partial int IsValidPoint(ReadOnlySpan<byte> point);

    [LibraryImport(Library, EntryPoint = "crypto_core_ristretto255_add")]
    internal static partial int AddPoints(Span<byte> sum, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    [LibraryImport(Library, EntryPoint = "crypto_core_ristretto255_from_hash")]
    internal static partial int PointFromHash(Span<byte> point, ReadOnlySpan<byte> uniform);

    [LibraryImport(Library, EntryPoint = "crypto_scalarmult_ristretto255")]
    internal static partial int MultiplyPoint(Span<byte> product, ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point);

    [LibraryImport(Library, EntryPoint = "crypto_scalarmult_ristretto255")]
    internal static partial int MultiplyPoint(Span<byte> product, SecretScalar scalar, ReadOnlySpan<byte> point);

    [LibraryImport(Library, EntryPoint = "crypto_scalarmult_ristretto255_base")]
    internal static partial int MultiplyBase(Span<byte> product, ReadOnlySpan<byte> scalar);

    [LibraryImport(Library, EntryPoint = "crypto_scalarmult_ristretto255_base")]
    internal static partial int MultiplyBase(Span<byte> product, SecretScalar scalar);

    [LibraryImport(Library, EntryPoint = "crypto_core_ristretto255_scalar_random")]
    internal static partial void RandomScalar(Span<byte> scalar);

    [LibraryImport(Library, EntryPoint = "crypto_core_ristretto255_scalar_reduce")]
    internal static partial void ReduceScalar(Span<byte> scalar, ReadOnlySpan<byte> uniform);

    [LibraryImport(Library, EntryPoint = "crypto_core_ristretto255_scalar_invert")]
    internal static partial int InvertScalar(Span<byte> inverse, ReadOnlySpan<byte> scalar);

    [LibraryImport(Library, EntryPoint = "crypto_core_ristretto255_scalar_mul")]
    internal static partial void MultiplyScalars(Span<byte> product, ReadOnlySpan<byte> left, SecretScalar right);

    [LibraryImport(Library, EntryPoint = "crypto_core_ristretto255_scalar_mul")]
    internal static partial void MultiplyScalars(Span<byte> product, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    [LibraryImport(Library, EntryPoint = "crypto_core_ristretto255_scalar_sub")]
    internal static partial void SubtractScalars(
        Span<byte> difference,
        ReadOnlySpan<byte> left,
        ReadOnlySpan<byte> right
    );
}
