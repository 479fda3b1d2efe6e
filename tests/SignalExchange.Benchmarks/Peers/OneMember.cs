using Google.Protobuf;
using Microsoft.Extensions.Hosting;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Silo.Members;

namespace SignalExchange.Benchmarks.Peers;

/// <summary>Keeps a directory current whose only member is <see cref="BenchMember"/>, without a registry.</summary>
internal sealed class OneMember(MemberDirectory directory, string keyFile) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await directory.Ask(_ =>
            Task.FromResult<RegistrySnapshot?>(new(1, [NewMember()], [], new Policy(), [], [], []))
        );
        using var timer = new PeriodicTimer(MemberDirectory.LongestSilence / 5);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await directory.Ask(_ => Task.FromResult<RegistrySnapshot?>(null));
        }
    }

    private Member NewMember()
    {
        var publicKey = BenchMember.PublicKey(keyFile);
        _ = KeyThumbprint.TryCompute(publicKey, out var thumbprint);
        return new()
        {
            MemberId = BenchMember.Id.Value,
            State = MemberState.Active,
            Keys =
            {
                new MemberKey
                {
                    Thumbprint = thumbprint,
                    Role = KeyRole.MemberBackend,
                    PublicKey = ByteString.CopyFrom(publicKey),
                },
            },
        };
    }
}
