using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SignalExchange.Storage.Azure.Tests.Accounts;

/// <summary>
/// The network of a virtual machine on Azure: its metadata service, which gives out tokens for the machine's identity, and the way to
/// an Azurite, which takes them.
/// </summary>
/// <remarks>
/// The token is a JSON Web Token as Microsoft Entra makes them. Azurite reads who made it, for whom, and until when; it knows no key
/// to hold the signature against.
/// </remarks>
internal sealed class AzureMachine(X509Certificate2 authority) : DelegatingHandler(Trusting(authority))
{
    // https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
    private const string MetadataService = "169.254.169.254";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentQueue<AuthenticationHeaderValue?> _shown = new();

    /// <summary>Gets or sets whether the machine has an identity.</summary>
    public bool HasIdentity { get; init; } = true;

    /// <summary>Gets what the metadata service was asked for.</summary>
    public ConcurrentQueue<Uri> Asked { get; } = new();

    /// <summary>Gets the token.</summary>
    public string Token { get; } = MakeToken(TimeProvider.System.GetUtcNow());

    /// <summary>Gets what the accounts were shown, a request each.</summary>
    public IReadOnlyCollection<AuthenticationHeaderValue?> Shown => _shown;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (request.RequestUri!.Host != MetadataService)
        {
            _shown.Enqueue(request.Headers.Authorization);
            return await base.SendAsync(request, cancellationToken);
        }

        return AnswerOfMetadata(request);
    }

    // MSAL first asks in ways that are wrong, to see who is there (ImdsManagedIdentitySource.ProbeImdsEndpointAsync): BadRequest is yes. The path of
    // tokens bound to a key is not there; NotFound would be asked again for half a minute.
    private HttpResponseMessage AnswerOfMetadata(HttpRequestMessage request)
    {
        var uri = request.RequestUri!;
        if (uri.AbsolutePath != "/metadata/identity/oauth2/token")
        {
            return Refuse(HttpStatusCode.MethodNotAllowed, "Unknown path");
        }

        if (!request.Headers.Contains("Metadata") || !uri.Query.Contains("resource=", StringComparison.Ordinal))
        {
            return Refuse(HttpStatusCode.BadRequest, "Required parameter missing");
        }

        Asked.Enqueue(uri);
        return HasIdentity
            ? new(HttpStatusCode.OK) { Content = JsonContent.Create(Identity()) }
            : Refuse(HttpStatusCode.BadRequest, "Identity not found");
    }

    private static HttpResponseMessage Refuse(HttpStatusCode status, string why) =>
        new(status) { Content = JsonContent.Create(new Refused("invalid_request", why)) };

    private Identified Identity() =>
        new(
            Token,
            $"{(long)Lifetime.TotalSeconds}",
            $"{TimeProvider.System.GetUtcNow().Add(Lifetime).ToUnixTimeSeconds()}",
            "https://storage.azure.com",
            "Bearer"
        );

    private static string MakeToken(DateTimeOffset now)
    {
        var claims = new Dictionary<string, object>
        {
            ["aud"] = "https://storage.azure.com",
            ["iss"] = "https://sts.windows.net/11111111-2222-3333-4444-555555555555/",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.Add(Lifetime).ToUnixTimeSeconds(),
        };
        var parts = new[] { """{"alg":"RS256","typ":"JWT"}""", JsonSerializer.Serialize(claims) };
        return string.Join(
            '.',
            parts.Select(Encoding.UTF8.GetBytes).Append(RandomNumberGenerator.GetBytes(256)).Select(Base64Url)
        );
    }

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static SocketsHttpHandler Trusting(X509Certificate2 certificate) =>
        new()
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) =>
                    presented?.GetCertHashString() == certificate.GetCertHashString(),
            },
        };

    private sealed record Identified(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("expires_in")] string ExpiresIn,
        [property: JsonPropertyName("expires_on")] string ExpiresOn,
        [property: JsonPropertyName("resource")] string Resource,
        [property: JsonPropertyName("token_type")] string TokenType
    );

    private sealed record Refused(
        [property: JsonPropertyName("error")] string Error,
        [property: JsonPropertyName("error_description")] string Description
    );
}
