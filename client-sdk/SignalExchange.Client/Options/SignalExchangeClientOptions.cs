using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Keys;
using SignalExchange.Client.TokenCache;
using SignalExchange.Contracts;

namespace SignalExchange.Client.Options;

/// <summary>How a client reaches the exchange and proves who it is.</summary>
public sealed class SignalExchangeClientOptions : IValidatableObject
{
    /// <summary>Gets or sets the exchange's address.</summary>
    /// <value>An https address, or http on loopback. Required.</value>
    [Required]
    public Uri? Endpoint { get; set; }

    /// <summary>Gets or sets who the client speaks for.</summary>
    /// <value>Required.</value>
    [Required]
    public MemberCredential? Credential { get; set; }

    /// <summary>Gets or sets the audience that the client's tokens name: the exchange's name.</summary>
    /// <value>3 to 64 characters. The default is <c>signalexchange</c>.</value>
    [Required]
    [StringLength(64, MinimumLength = 3)]
    public string Audience { get; set; } = "signalexchange";

    /// <summary>Gets or sets how long a signed token is good for.</summary>
    /// <value>From 5 seconds to 5 minutes. The default is 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")]
    public TimeSpan CredentialLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how long a single call may take, its retries included.</summary>
    /// <value>From 100 milliseconds to 10 minutes. The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how many items go into one message.</summary>
    /// <value>From 1 to 10000. The default is 1000.</value>
    [Range(1, Limits.MaxBatch)]
    public int BatchSize { get; set; } = 1000;

    /// <summary>Gets or sets how many batches of a stream may wait for their answers.</summary>
    /// <value>From 1 to 64. The default is 4.</value>
    [Range(1, 64)]
    public int MaxUnansweredBatches { get; set; } = 4;

    /// <summary>Gets or sets how often a broken stream, or a call that found the exchange unavailable, is tried again.</summary>
    /// <value>From 0 to 100. The default is 4.</value>
    [Range(0, 100)]
    public int MaxRetries { get; set; } = 4;

    /// <summary>Gets or sets how many tokens the default cache keeps.</summary>
    /// <value>From 0 to 10000000. The default is 100000, about 30 MiB.</value>
    [Range(0, 10_000_000)]
    public int TokenCacheSize { get; set; } = 100_000;

    /// <summary>Gets or sets the platform's own store of tokens, in place of the cache in memory.</summary>
    /// <value>Null for the cache in memory. The default is null.</value>
    public ITokenCache? TokenCache { get; set; }

    /// <summary>Gets or sets what remembers the exchange's public keys, so that another key for the same epoch is noticed.</summary>
    /// <value>Null for a memory of this process. The default is null.</value>
    public IKeyManifestPins? Pins { get; set; }

    /// <summary>Gets or sets what makes the handler that messages go through; for tests and proxies.</summary>
    /// <value>Null for the default handler. The default is null.</value>
    public Func<HttpMessageHandler>? CreateHandler { get; set; }

    /// <summary>Gets or sets the clock.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets where the client logs.</summary>
    /// <value>Null for nowhere. The default is null.</value>
    public ILoggerFactory? Loggers { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is { } endpoint && !IsSafe(endpoint))
        {
            yield return new(
                $"Endpoint is '{endpoint}'; it may be an https address, or http on loopback.",
                [nameof(Endpoint)]
            );
        }
    }

    private static bool IsSafe(Uri endpoint) =>
        endpoint.IsAbsoluteUri
        && (endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback));
}
