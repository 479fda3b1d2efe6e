using System.Security.Cryptography;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Client;

namespace SignalExchange.Silo.Tests.Sdk;

/// <summary>The SDK against a whole exchange, about ads.</summary>
[Collection(SharedExchange.Name)]
public sealed class SdkTemplateTests(ExchangeFixture exchange) : TemplateBehaviour
{
    protected override async Task<ISignalExchangeClient> Join(string member, params string[] groups)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await exchange.AddMember(member, key.ExportSubjectPublicKeyInfo(), groups);
        return new SignalExchangeClient(
            new SignalExchangeClientOptions
            {
                Endpoint = exchange.Address,
                Credential = new MemberCredential(new MemberId(member), key),
            }
        );
    }
}
