using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using NSec.Cryptography;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.SignIn;

/// <summary>Turns passwords into what is kept of them: Argon2id (RFC 9106) by libsodium.</summary>
/// <remarks>Few at a time, since each takes 64 MiB and about a fifth of a second; a bounded number waits. Safe from any thread.</remarks>
internal sealed class PasswordHasher(IOptions<SignInOptions> options) : IDisposable
{
    /// <summary>Argon2id's memory in KiB: the second recommended option of RFC 9106 section 4.</summary>
    public const int MemoryKib = 64 * 1024;

    /// <summary>Argon2id's passes, of the same recommendation. libsodium has one lane where it says four.</summary>
    public const int Passes = 3;

    /// <summary>The salt, in bytes: that of RFC 9106 section 3.1.</summary>
    public const int SaltSize = 16;

    /// <summary>What comes out, in bytes.</summary>
    public const int HashSize = 32;

    private const int MaxWaiting = 64;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _places = new(options.Value.MaxParallelHashes);
    private int _waiting;

    /// <summary>Hashes a password.</summary>
    /// <param name="password">The password; hashed in Unicode's form KC, so that it can be typed on any keyboard.</param>
    /// <param name="salt">16 bytes.</param>
    /// <param name="memoryKib">Argon2id's memory.</param>
    /// <param name="passes">Argon2id's passes.</param>
    /// <param name="cancellationToken">Ends the wait for a place.</param>
    /// <exception cref="Grpc.Core.RpcException">SIGN_IN_LOCKED: too many wait.</exception>
    public async Task<byte[]> Hash(
        string password,
        byte[] salt,
        int memoryKib,
        int passes,
        CancellationToken cancellationToken
    )
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new Refusal(ErrorReason.SignInLocked).ToRpcException(new RetryAdvice(RetryDelay));
        }

        try
        {
            await _places.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(() => Derive(password, salt, memoryKib, passes), cancellationToken);
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private static byte[] Derive(string password, byte[] salt, int memoryKib, int passes)
    {
        var argon = PasswordBasedKeyDerivationAlgorithm.Argon2id(
            new Argon2Parameters
            {
                DegreeOfParallelism = 1,
                MemorySize = memoryKib,
                NumberOfPasses = passes,
            }
        );
        var bytes = Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC));
        try
        {
            return argon.DeriveBytes(bytes, salt, HashSize);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
