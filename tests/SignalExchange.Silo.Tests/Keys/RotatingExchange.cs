using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Members;

namespace SignalExchange.Silo.Tests.Keys;

/// <summary>An exchange whose silos follow quickly, with a custodian who asks for rotations and an operator who approves them.</summary>
internal sealed class RotatingExchange : IAsyncDisposable
{
    private readonly List<IDisposable> _owned = [];

    public ExchangeFixture Exchange { get; } = new();

    public TestMember Custodian { get; } = new("consortium");

    public KeyCustodyService.KeyCustodyServiceClient Custody => new(Exchange.InvokerFor(Custodian));

    public ApprovalService.ApprovalServiceClient Approvals => new(Exchange.InvokerFor(Exchange.Operator));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<RotatingExchange> Start(params string[] settings) => Start(null, settings);

    public static async Task<RotatingExchange> Start(Action<IServiceCollection>? replace, params string[] settings)
    {
        var rotating = new RotatingExchange();
        rotating.Exchange.Replace = replace;
        await rotating.Exchange.Bootstrap(settings);
        await rotating.Run(settings);
        await new MemberService.MemberServiceClient(
            rotating.Exchange.InvokerFor(rotating.Exchange.Operator)
        ).AddMemberKeyAsync(
            new()
            {
                MemberId = "consortium",
                PublicKey = ByteString.CopyFrom(rotating.Custodian.PublicKey),
                Role = KeyRole.KeyCustodian,
            },
            cancellationToken: Ct
        );
        return rotating;
    }

    /// <summary>Starts it on the data that are there.</summary>
    public Task Run(params string[] settings) =>
        Exchange.Start([
            "--Exchange:Keys:Rotation:SilosFollowWithin",
            "00:00:00.100",
            "--Exchange:Quotas:EvaluationsPerDay",
            "1000000",
            .. settings,
        ]);

    /// <summary>Joins a member by the SDK.</summary>
    public async Task<SignalExchangeClient> Join(string member, params string[] groups)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Exchange.AddMember(member, key.ExportSubjectPublicKeyInfo(), groups);
        return ClientOf(member, key);
    }

    /// <summary>Returns the SDK's client of a key of the consortium.</summary>
    public SignalExchangeClient ClientOf(TestMember member) => ClientOf(member.MemberId, member.CopyKey());

    private SignalExchangeClient ClientOf(string member, ECDsa key)
    {
        var client = new SignalExchangeClient(
            new SignalExchangeClientOptions
            {
                Endpoint = Exchange.Address,
                Credential = new MemberCredential(new MemberId(member), key),
                BatchSize = 100,
            }
        );
        _owned.Add(client);
        return client;
    }

    /// <summary>Has a rotation announced, asked for and approved.</summary>
    /// <returns>The key that is rotated to.</returns>
    public async Task<string> Order(IndicatorType type, bool isEmergency = false)
    {
        var announced = await Custody.AnnounceKeyAsync(new() { Type = type }, cancellationToken: Ct);
        var asked = await Custody.RotateKeyAsync(
            new() { ToKeyId = announced.Key.KeyId, Emergency = isEmergency },
            cancellationToken: Ct
        );
        await Approvals.ApproveActAsync(Consents.To(asked.Pending), cancellationToken: Ct);
        return announced.Key.KeyId;
    }

    public async Task<KeyRotation> Rotation(string toKeyId)
    {
        var listed = await Custody.ListKeyEpochsAsync(new(), cancellationToken: Ct);
        return listed.Rotations.Single(it => it.ToKeyId == toKeyId);
    }

    public async Task<KeyState> StateOf(string keyId)
    {
        var listed = await Custody.ListKeyEpochsAsync(new(), cancellationToken: Ct);
        return listed.Keys.Single(it => it.KeyId == keyId).State;
    }

    /// <summary>Waits until a rotation has come to a phase, or past it.</summary>
    public async Task<KeyRotation> Until(string toKeyId, RotationPhase phase)
    {
        var deadline = TimeProvider.System.GetUtcNow().AddMinutes(3);
        for (; ; await Task.Delay(50, Ct))
        {
            var rotation = await Rotation(toKeyId);
            if (rotation.Phase >= phase)
            {
                return rotation;
            }

            Assert.True(TimeProvider.System.GetUtcNow() < deadline, $"Waited three minutes for {phase}: {rotation}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _owned.ForEach(own => own.Dispose());
        Custodian.Dispose();
        await Exchange.DisposeAsync();
    }
}
