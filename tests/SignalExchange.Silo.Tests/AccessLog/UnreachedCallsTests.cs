using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Members;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>What the framework refuses before any of our code sees it has a reason, and is an entry.</summary>
[Collection(SharedMembersExchange.Name)]
public sealed class UnreachedCallsTests(ExchangeFixture exchange)
{
    private const string Service = "signalexchange.v1.SignalService";

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(static it => it, static it => it);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AccessLogHost Log => exchange.Services.GetRequiredService<AccessLogHost>();

    [Theory]
    [InlineData(Service, "Check", 4 * 1024 * 1024 + 1, ErrorReason.MessageTooLarge, StatusCode.InvalidArgument)]
    [InlineData(Service, "Check", 5, ErrorReason.MessageMalformed, StatusCode.InvalidArgument)]
    [InlineData(Service, "Delete", 0, ErrorReason.MethodUnknown, StatusCode.Unimplemented)]
    [InlineData("no.such.Service", "Call", 0, ErrorReason.MethodUnknown, StatusCode.Unimplemented)]
    public async Task It_has_a_reason_and_is_recorded(
        string service,
        string method,
        int length,
        ErrorReason expected,
        StatusCode expectedCode
    )
    {
        using var member = await exchange.AddMember(
            $"unreached-{Math.Abs(length % 97)}-{method.Length}{service.Length}"
        );
        var content = new byte[length];
        content.AsSpan().Fill(0xFF); // No protobuf: a tag that never ends.
        var before = Log.Size;

        var (reason, code, _) = await RpcErrors.Of(() => Call(member, service, method, content));

        Assert.Equal((expected, expectedCode), (reason, code));
        var entry = (await Log.ReadAsync(before, 10, Ct).ToListAsync(Ct)).Single().Detail!;
        Assert.Equal((expected, (uint)expectedCode), (entry.Reason, entry.StatusCode));
        Assert.Equal(method == "Check" ? $"/{service}/Check" : "/unknown", entry.Method);
    }

    [Theory]
    [InlineData(Service, "SubmitStream")]
    [InlineData(Service, "CheckStream")]
    [InlineData("signalexchange.v1.TemplateService", "MatchAdsStream")]
    public async Task So_has_a_message_of_a_stream(string service, string method)
    {
        using var member = await exchange.AddMember($"unreached-{method.ToLowerInvariant()}");
        foreach (
            var (length, expected) in new[]
            {
                (4 * 1024 * 1024 + 1, ErrorReason.MessageTooLarge),
                (5, ErrorReason.MessageMalformed),
            }
        )
        {
            var content = new byte[length];
            content.AsSpan().Fill(0xFF);
            var before = Log.Size;

            var (reason, code, _) = await RpcErrors.Of(() =>
                exchange.InvokerFor(member).Call($"/{service}/{method}", content)
            );

            Assert.Equal((expected, StatusCode.InvalidArgument), (reason, code));
            var entry = (await Log.ReadAsync(before, 10, Ct).ToListAsync(Ct)).Single().Detail!;
            Assert.Equal((expected, $"/{service}/{method}"), (entry.Reason, entry.Method));
            Assert.Equal((member.MemberId, (uint)code), (entry.Actor.MemberId, entry.StatusCode));
        }
    }

    private Task<byte[]> Call(TestMember member, string service, string name, byte[] content)
    {
        var method = new Method<byte[], byte[]>(MethodType.Unary, service, name, Bytes, Bytes);
        return exchange
            .InvokerFor(member)
            .AsyncUnaryCall(method, null, new CallOptions(cancellationToken: Ct), content)
            .ResponseAsync;
    }
}
