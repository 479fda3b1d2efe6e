using System.Security.Cryptography.X509Certificates;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.TestKit.Certificates;

namespace SignalExchange.Silo.Tests.Security;

/// <summary>TLS on both sides: the certificate of a connection is bound to the member whose token comes over it.</summary>
public sealed class MutualTlsTests(MutualTlsExchange tls) : IClassFixture<MutualTlsExchange>
{
    [Fact]
    public async Task A_member_with_its_own_certificate_gets_in()
    {
        using var certificate = tls.Authority.ForMember("consortium");

        await Call(certificate);
    }

    [Fact]
    public async Task A_connection_without_a_certificate_is_told_so() =>
        Assert.Equal(ErrorReason.CertificateMissing, (await tls.Exchange.Refusal(() => Call(null))).Reason);

    [Fact]
    public async Task Another_members_certificate_is_refused()
    {
        using var certificate = tls.Authority.ForMember("platform-a");

        var before = tls.Exchange.Log.Size;
        Assert.Equal(ErrorReason.CertificateRefused, (await tls.Exchange.Refusal(() => Call(certificate))).Reason);

        // Whose token it was is on record: its signature was good.
        var actor = (await tls.Exchange.EntriesSince(before))[0].Actor;
        Assert.Equal((ActorKind.Unknown, "consortium"), (actor.Kind, actor.MemberId));
        Assert.Equal((tls.Exchange.Operator.Thumbprint, KeyRole.Operator), (actor.KeyThumbprint, actor.Role));
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var stranger = new TestAuthority();
        using var certificate = stranger.ForMember("consortium");

        Assert.Equal(ErrorReason.CertificateRefused, (await tls.Exchange.Refusal(() => Call(certificate))).Reason);
    }

    [Fact]
    public async Task An_expired_certificate_and_one_for_servers_are_refused()
    {
        using var expired = tls.Authority.ForMember("consortium", TimeProvider.System.GetUtcNow().AddMinutes(-1));
        using var servers = tls.Authority.ForMember("consortium", use: "1.3.6.1.5.5.7.3.1");

        Assert.Equal(ErrorReason.CertificateRefused, (await tls.Exchange.Refusal(() => Call(expired))).Reason);
        Assert.Equal(ErrorReason.CertificateRefused, (await tls.Exchange.Refusal(() => Call(servers))).Reason);
    }

    private Task Call(X509Certificate2? certificate) => tls.Call(certificate);
}
