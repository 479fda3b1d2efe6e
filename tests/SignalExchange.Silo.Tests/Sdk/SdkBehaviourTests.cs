using System.Security.Cryptography;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Client;

namespace SignalExchange.Silo.Tests.Sdk;

/// <summary>The SDK against a whole exchange: real keys, real proofs, real storage.</summary>
[Collection(SharedExchange.Name)]
public sealed class SdkBehaviourTests(ExchangeFixture exchange) : ClientBehaviour
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
                BatchSize = 50,
            }
        );
    }

    protected override async Task Suspend(string member) =>
        await new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator)).SuspendMemberAsync(
            new() { MemberId = member },
            cancellationToken: TestContext.Current.CancellationToken
        );
}
