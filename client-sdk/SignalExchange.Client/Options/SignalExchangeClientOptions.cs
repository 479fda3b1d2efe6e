using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Keys;
using SignalExchange.Client.Receipts;
using SignalExchange.Client.TokenCache;
using SignalExchange.Contracts;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Options;

/// <summary>How a client reaches the exchange and proves who it is.</summary>
/// <remarks>Set it up, hand it to a client, and leave it alone. Not safe for changes by several threads.</remarks>
public sealed class SignalExchangeClientOptions : IValidatableObject
{
    /// <summary>The fewest bytes of <see cref="TokenCacheSecret"/>.</summary>
    internal const int MinSecretBytes = 32;

    private const string Dns = "dns";
    private const int MaxOtherEndpoints = 63;

    /// <summary>Gets or sets the exchange's address.</summary>
    /// <value>
    /// An https address, or http on loopback; or <c>dns:///NAME:PORT</c> for the silos, reached by TLS, at every address that the name has.
    /// Required.
    /// </value>
    [Required]
    public Uri? Endpoint { get; set; }

    /// <summary>
    /// Gets or sets the addresses of further silos of the same exchange. Calls go to all of them in turn, but to those that are away or not
    /// ready; what such a one left unanswered is tried again at another, within <see cref="MaxRetries"/> and <see cref="Deadline"/>.
    /// </summary>
    /// <value>At most 63, as <see cref="Endpoint"/> and of the same scheme, without a name's <c>dns</c>. The default is none.</value>
    public IReadOnlyCollection<Uri> OtherEndpoints { get; set; } = [];

    /// <summary>Gets or sets who the client speaks for.</summary>
    /// <value>Required. Not disposed by the client.</value>
    [Required]
    public MemberCredential? Credential { get; set; }

    /// <summary>Gets or sets the audience that the client's tokens name: the exchange's name.</summary>
    /// <value>3 to 64 characters. The default is <c>signalexchange</c>.</value>
    [Required]
    [StringLength(64, MinimumLength = 3)]
    public string Audience { get; set; } = "signalexchange";

    /// <summary>Gets or sets how long a signed token is good for. A new one is signed for every attempt of every call.</summary>
    /// <value>From 5 seconds to 5 minutes. The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")]
    public TimeSpan CredentialLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how long a single call may take, its retries included. A large batch is several calls.</summary>
    /// <value>From 100 milliseconds to 10 minutes. The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets how long work in bulk goes on when a batch gets no answer: connections that break, an exchange that starts anew.
    /// </summary>
    /// <value>From 1 second to 1 hour. The default is 1 minute, long enough for an exchange to start anew.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how many items go into one message, at most; fewer do if they are large.</summary>
    /// <value>From 1 to 10000. The default is 1000.</value>
    [Range(1, Limits.MaxBatch)]
    public int BatchSize { get; set; } = 1000;

    /// <summary>Gets or sets how many batches of work in bulk may wait for their answers.</summary>
    /// <value>From 1 to 64. The default is 4, as many as the exchange works on at once.</value>
    [Range(1, 64)]
    public int MaxUnansweredBatches { get; set; } = 4;

    /// <summary>
    /// Gets or sets how often a call that found the exchange unavailable, and an item that it could not take just then, is tried again
    /// within <see cref="Deadline"/>. One that says that it is not ready, or too new for the call's token, is asked again until then,
    /// unless this is 0.
    /// </summary>
    /// <value>From 0 to 100. The default is 4.</value>
    [Range(0, 100)]
    public int MaxRetries { get; set; } = 4;

    /// <summary>Gets or sets whether checks see what this client submitted or withdrew before.</summary>
    /// <value>
    /// The default is true: for a minute after a write, checks of its shard ask for an answer at least that fresh. What other processes
    /// wrote is asked for by the positions of their outcomes.
    /// </value>
    public bool ReadsOwnWrites { get; set; } = true;

    /// <summary>Gets or sets how many tokens the cache in memory keeps.</summary>
    /// <value>From 0 to 10000000. The default is 100000, about 30 MiB.</value>
    [Range(0, 10_000_000)]
    public int TokenCacheSize { get; set; } = 100_000;

    /// <summary>Gets or sets of how many ads the tokens are kept in memory, so that a repost costs no evaluation.</summary>
    /// <value>From 0 to 1000000. The default is 10000, about 30 MiB. The platform's own store is not asked about ads.</value>
    [Range(0, 1_000_000)]
    public int AdCacheSize { get; set; } = 10_000;

    /// <summary>Gets or sets the platform's own store of tokens, in place of the cache in memory.</summary>
    /// <value>Null for the cache in memory. The default is null. Not disposed by the client.</value>
    public ITokenCache? TokenCache { get; set; }

    /// <summary>Gets or sets the secret under which identifiers are hashed for the cache; who has it can test guesses.</summary>
    /// <value>
    /// At least 32 bytes. Null for a random one of this client; a store that outlives the client, or that several share, needs one that
    /// does, too. The default is null.
    /// </value>
#pragma warning disable CA1819 // A secret has no better type in .NET, and is handed over, not shared.
    public byte[]? TokenCacheSecret { get; set; }
#pragma warning restore CA1819

    /// <summary>Gets or sets what remembers the exchange's public keys, so that another key for the same epoch is noticed.</summary>
    /// <value>Null for a memory of this client. The default is null.</value>
    public IKeyManifestPins? Pins { get; set; }

    /// <summary>
    /// Gets or sets public keys that the platform learned by another way than from the exchange. A different one for the same type and
    /// epoch is refused, even the first time; types and epochs that are not named are held to <see cref="Pins"/> alone.
    /// </summary>
    /// <value>At most one a type and epoch. The default is none.</value>
    public IReadOnlyCollection<KeyCommitment> PinnedKeys { get; set; } = [];

    /// <summary>Gets or sets what keeps the receipts of answers, with which the platform proves later what it was told.</summary>
    /// <value>Null for none, which is the default. Not disposed by the client.</value>
    public IReceiptSink? Receipts { get; set; }

    /// <summary>Gets or sets what makes the handler that messages go through; for tests and proxies.</summary>
    /// <value>Null for the default handler. The default is null. The handler is disposed with the client.</value>
    public Func<HttpMessageHandler>? CreateHandler { get; set; }

    /// <summary>Gets or sets the TLS certificate to connect with, for exchanges that ask for one.</summary>
    /// <value>With its private key; null for none, which is the default. Not used by a handler of <see cref="CreateHandler"/>.</value>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Gets or sets the clock by which credentials are dated and statements are checked. Waiting goes by the system's.</summary>
    /// <value>The default is the system's.</value>
    [Required]
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets where the client logs.</summary>
    /// <value>Null for nowhere; <c>AddSignalExchange</c> then takes the container's. The default is null.</value>
    public ILoggerFactory? Loggers { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is { } endpoint && !IsSafe(endpoint))
        {
            yield return new("It may be an https address, or http on loopback.", [nameof(Endpoint)]);
        }

        if (!AreFurtherSilos(OtherEndpoints))
        {
            yield return new(
                $"It may hold at most {MaxOtherEndpoints} addresses as that of Endpoint, of the same scheme, none twice.",
                [nameof(OtherEndpoints)]
            );
        }

        if (TokenCacheSecret is { Length: < MinSecretBytes })
        {
            yield return new($"It needs at least {MinSecretBytes} bytes.", [nameof(TokenCacheSecret)]);
        }

        if (
            PinnedKeys is null
            || PinnedKeys.GroupBy(key => (key.KeyId.Type, key.KeyId.Epoch)).Any(key => key.Count() > 1)
        )
        {
            yield return new("It may hold at most one key a type and epoch.", [nameof(PinnedKeys)]);
        }
    }

    /// <summary>Gets the addresses of all silos that are listed.</summary>
    internal IEnumerable<Uri> Endpoints => [Endpoint!, .. OtherEndpoints];

    /// <summary>Gets whether several silos are listed.</summary>
    internal bool HasListedSilos => OtherEndpoints.Count > 0;

    /// <summary>Gets whether there may be several silos.</summary>
    internal bool HasSeveralSilos => HasListedSilos || Endpoint!.Scheme == Dns;

    private bool AreFurtherSilos(IReadOnlyCollection<Uri>? others) =>
        others is { Count: 0 }
        || (
            others is { Count: <= MaxOtherEndpoints }
            && Endpoint is { IsAbsoluteUri: true }
            && others.All(other => IsSafe(other) && other.Scheme != Dns && other.Scheme == Endpoint.Scheme)
            && others.Append(Endpoint).Distinct().Count() == others.Count + 1
        );

    private static bool IsSafe(Uri endpoint) =>
        endpoint.IsAbsoluteUri
        && (
            endpoint.Scheme == Uri.UriSchemeHttps
            || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback)
            || (
                endpoint.Scheme == Dns
                && endpoint.Authority.Length == 0
                && endpoint.AbsolutePath.Contains(':', StringComparison.Ordinal)
            )
        );
}
