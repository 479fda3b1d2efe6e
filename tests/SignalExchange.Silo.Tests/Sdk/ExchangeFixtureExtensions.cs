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
    /// <param name="exchange">The exchange.</param>
    /// <param name="member">The member.</param>
    /// <param name="groups">The groups whose signals it sees.</param>
    /// <param name="key">Its key; null for a new one.</param>
    /// <param name="change">Changes the client's options.</param>
    public static async Task<SignalExchangeClient> Join(
        this ExchangeFixture exchange,
        string member,
        string[]? groups = null,
        ECDsa? key = null,
        Action<SignalExchangeClientOptions>? change = null
    )
    {
        key ??= ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await exchange.AddMember(member, key.ExportSubjectPublicKeyInfo(), groups ?? []);
        var options = new SignalExchangeClientOptions
        {
            Endpoint = exchange.Address,
            Credential = new MemberCredential(new MemberId(member), key),
        };
        change?.Invoke(options);
        return new(options);
    }
}
