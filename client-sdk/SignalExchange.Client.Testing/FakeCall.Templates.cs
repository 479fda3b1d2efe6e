using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Testing;

/// <content>What the service of templates does.</content>
internal readonly partial record struct FakeCall
{
    public RegisterTemplatesResponse Register(RegisterTemplatesRequest request)
    {
        RequireForm(request);
        var keyId = RequireBandKey(request.KeyId);
        var (call, seen) = (this, new HashSet<ByteString>());
        return new RegisterTemplatesResponse
        {
            Results =
            {
                request.Registrations.Select(registration =>
                    call.RefuseTemplate(registration.SubmissionId, seen)
                    ?? call.Templates.Register(call.Caller, keyId, registration)
                ),
            },
        };
    }

    public GrowTemplatesResponse Grow(GrowTemplatesRequest request)
    {
        RequireForm(request);
        var keyId = RequireBandKey(request.KeyId);
        var (call, seen) = (this, new HashSet<ByteString>());
        return new GrowTemplatesResponse
        {
            Results =
            {
                request.Growths.Select(growth =>
                    call.RefuseTemplate(growth.SubmissionId, seen) ?? call.Templates.Grow(call.Caller, keyId, growth)
                ),
            },
        };
    }

    public WithdrawTemplatesResponse Withdraw(WithdrawTemplatesRequest request)
    {
        RequireForm(request);
        var (call, seen) = (this, new HashSet<ByteString>());
        return new WithdrawTemplatesResponse
        {
            Results =
            {
                request.Withdrawals.Select(withdrawal =>
                    call.Refuse(withdrawal.SubmissionId, seen)?.ToWithdrawResult()
                    ?? call.Templates.Withdraw(call.Caller, withdrawal)
                ),
            },
        };
    }

    public GetTemplatesResponse Get(GetTemplatesRequest request)
    {
        RequireForm(request);
        var response = new GetTemplatesResponse();
        foreach (var (place, id) in request.TemplateIds.Index())
        {
            if (Templates.Read(Caller, id) is { } result)
            {
                result.Index = (uint)place;
                response.Results.Add(result);
            }
        }

        return response;
    }

    public MatchAdsResponse Match(MatchAdsRequest request)
    {
        RequireForm(request);
        _ = RequireBandKey(request.KeyId);
        RequirePositions(request.AtLeast);
        var response = new MatchAdsResponse();
        foreach (var (place, ad) in Packed.Tokens(request.BandTokens).Chunk(Limits.BandsPerAd).Index())
        {
            if (ad.Length != Limits.BandsPerAd)
            {
                throw Failure(new Refusal(ErrorReason.BandsMalformed, "band_tokens", Limits.BandsPerAd, ad.Length));
            }

            var found = Templates.Match(Caller, ad).ToList();
            if (found.Count > 0)
            {
                response.Ads.Add(new AdMatches { Index = (uint)place, Templates = { found } });
            }
        }

        return response;
    }

    private KeyId RequireBandKey(string text)
    {
        _ = KeyId.TryParse(text, out var keyId);
        return keyId.Type is IndicatorType.AdTemplate
            ? RequireInForce(keyId)
            : throw Failure(new Refusal(ErrorReason.KeyNotOfBands, "key_id"));
    }

    private TemplateResult? RefuseTemplate(ByteString submissionId, HashSet<ByteString> seen) =>
        Refuse(submissionId, seen)?.Refusal is { } refusal
            ? new TemplateResult { Error = refusal.ToItemError() }
            : null;
}
