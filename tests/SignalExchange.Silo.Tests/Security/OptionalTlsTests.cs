using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.TestKit.Certificates;

namespace SignalExchange.Silo.Tests.Security;

/// <summary>Where certificates are optional nobody needs one, and one that is sent must be right.</summary>
public sealed class OptionalTlsTests(OptionalTlsExchange tls) : IClassFixture<OptionalTlsExchange>
{
    [Fact]
    public async Task A_connection_without_a_certificate_and_one_with_the_callers_own_get_in()
    {
        using var own = tls.Authority.ForMember("consortium");

        await tls.Call(null);
        await tls.Call(own);
    }

    [Fact]
    public async Task Another_members_certificate_and_one_of_another_authority_are_refused()
    {
        using var others = tls.Authority.ForMember("platform-a");
        using var stranger = new TestAuthority();
        using var strangers = stranger.ForMember("consortium");

        Assert.Equal(ErrorReason.CertificateRefused, (await tls.Exchange.Refusal(() => tls.Call(others))).Reason);
        Assert.Equal(ErrorReason.CertificateRefused, (await tls.Exchange.Refusal(() => tls.Call(strangers))).Reason);
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_refused_and_not_taken_for_none()
    {
        using var expired = tls.Authority.ForMember("consortium", TimeProvider.System.GetUtcNow().AddMinutes(-1));

        Assert.Equal(ErrorReason.CertificateRefused, (await tls.Exchange.Refusal(() => tls.Call(expired))).Reason);
    }
}
