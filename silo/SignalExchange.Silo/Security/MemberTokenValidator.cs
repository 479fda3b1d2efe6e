using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Security.Replays;

namespace SignalExchange.Silo.Security;

/// <summary>Validates the JWTs that members sign for themselves (RFC 7519, ES256 of RFC 7518).</summary>
/// <remarks>The order: shape, key and member, signature and audience, times, replay. Nothing is remembered of a token that fails.</remarks>
internal sealed class MemberTokenValidator(
    MemberDirectory directory,
    IReplayGuard replays,
    IOptions<SecurityOptions> options,
    TimeProvider clock
)
{
    private const int MaxTokenLength = 4096;
    private const int MaxJtiLength = 64;

    private static readonly string[] Algorithms = [SecurityAlgorithms.EcdsaSha256];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>Validates a token.</summary>
    /// <param name="encoded">The token, as it stood behind "Bearer ".</param>
    /// <returns>Who signed it, or why it is refused.</returns>
    public async Task<TokenVerdict> Validate(string encoded)
    {
        if (Read(encoded) is not { } token)
        {
            return new(ErrorReason.CredentialsMalformed);
        }

        if (!directory.IsCurrent)
        {
            return new(ErrorReason.NotReady);
        }

        if (directory.Find(token.Kid) is not { } known || known.Member.MemberId != token.Issuer)
        {
            return new(ErrorReason.CredentialsInvalid);
        }

        var reason = await CheckSignature(token, known);
        if (reason != ErrorReason.Unspecified)
        {
            return new(reason, known.Identity.ToClaimed(isSigned: reason != ErrorReason.CredentialsInvalid));
        }

        reason = await CheckUse(token, known);
        return reason == ErrorReason.Unspecified
            ? new(known.Identity)
            : new TokenVerdict(reason, known.Identity.ToClaimed(isSigned: true));
    }

    private async Task<ErrorReason> CheckUse(JsonWebToken token, KnownKey known)
    {
        var reason = CheckTimes(token);
        if (reason == ErrorReason.Unspecified)
        {
            reason = await replays.Use(TokenUse.Of(token.Issuer, token.Id, Utc(token.IssuedAt), Utc(token.ValidTo)));
        }

        return reason == ErrorReason.Unspecified && !known.MayCall ? ErrorReason.MemberSuspended : reason;
    }

    /// <summary>Reads a token whose shape is right; null for every other.</summary>
    private JsonWebToken? Read(string encoded)
    {
        if (encoded.Length > MaxTokenLength || !_handler.CanReadToken(encoded))
        {
            return null;
        }

        try
        {
            var token = _handler.ReadJsonWebToken(encoded);
            return HasShape(token) ? token : null;
        }
        catch (Exception failure) when (failure is ArgumentException or SecurityTokenException or FormatException)
        {
            return null;
        }
    }

    private static bool HasShape(JsonWebToken token) =>
        token.Alg == SecurityAlgorithms.EcdsaSha256
        && token.Kid.Length > 0
        && token.Issuer.Length > 0
        && token.Subject == token.Issuer
        && token.Id.Length is > 0 and <= MaxJtiLength
        && token.Audiences.Any()
        && HasTime(token, JwtRegisteredClaimNames.Iat)
        && HasTime(token, JwtRegisteredClaimNames.Exp)
        && (
            !token.TryGetPayloadValue<object>(JwtRegisteredClaimNames.Nbf, out _)
            || HasTime(token, JwtRegisteredClaimNames.Nbf)
        );

    private static bool HasTime(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<long>(claim, out var seconds) && seconds is > 0 and < 253_402_300_800;

    private async Task<ErrorReason> CheckSignature(JsonWebToken token, KnownKey known)
    {
        var result = await _handler.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidAlgorithms = Algorithms,
                IssuerSigningKey = known.SecurityKey,
                TryAllIssuerSigningKeys = false,
                ValidIssuer = known.Member.MemberId,
                ValidAudience = options.Value.Audience,
                ValidateLifetime = false, // CheckTimes does, by our clock and tighter.
            }
        );
        return result switch
        {
            { IsValid: true } => ErrorReason.Unspecified,
            { Exception: SecurityTokenInvalidAudienceException } => ErrorReason.CredentialsWrongAudience,
            _ => ErrorReason.CredentialsInvalid,
        };
    }

    private ErrorReason CheckTimes(JsonWebToken token)
    {
        var now = clock.GetUtcNow();
        var issued = Utc(token.IssuedAt);
        var expires = Utc(token.ValidTo);
        if (
            expires <= now - Limits.ClockTolerance
            || issued > now + Limits.ClockTolerance
            || Utc(token.ValidFrom) > now + Limits.ClockTolerance
            || expires - issued > Limits.MaxCredentialLifetime
            || expires <= issued
        )
        {
            return ErrorReason.CredentialsExpired;
        }

        return ErrorReason.Unspecified;
    }

    // The library gives UTC times; an absent nbf is DateTime.MinValue, which has passed.
    private static DateTimeOffset Utc(DateTime time) => new(time, TimeSpan.Zero);
}
