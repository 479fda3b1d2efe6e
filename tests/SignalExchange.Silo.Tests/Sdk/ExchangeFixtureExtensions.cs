using System.Security.Cryptography;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Sdk;

/// <summary>Members of a test's exchange that call by the SDK.</summary>
internal static class ExchangeFixtureExtensions
{
    /// <summary>Adds a member with a key of its own, and returns its client.</summary>
    public static async Task<SignalExchangeClient> Join(this ExchangeFixture exchange, string member)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await exchange.AddMember(member, key.ExportSubjectPublicKeyInfo());
        return new(
            new SignalExchangeClientOptions
            {
                Endpoint = exchange.Address,
                Credential = new MemberCredential(new MemberId(member), key),
            }
        );
    }
}
