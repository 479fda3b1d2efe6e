using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SignalExchange.Client;
using SignalExchange.Client.Audit;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService;
using SignalExchange.Silo.Keys.Rotation;
using SignalExchange.Silo.Members;
using SignalExchange.Storage;
using SignalExchange.Storage.Sqlite;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Tests.Keys;

/// <summary>Rotations that are broken off again and again, between them at every step that one takes, and go on.</summary>
[Trait(Speed.Name, Speed.Slow)]
public sealed class RotationFaultTests(ITestOutputHelper output)
{
    private const int Identifiers = 5;
    private const int Stride = 13;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Broken_off_anywhere_it_goes_on_and_comes_to_the_same()
    {
        var fault = new Fault();
        await using var rotating = await RotatingExchange.Start(
            services => Replace(services, fault),
            "--Exchange:Keys:Rotation:SilosFollowWithin",
            "00:00:00.010",
            "--Exchange:ShardCount",
            "2"
        );
        var member = await rotating.Join("is-broken-off");
        var emails = Enumerable
            .Range(0, Identifiers)
            .Select(number => Identifier.Email($"person-{number}@mail.example").GetOrThrow())
            .ToList();
        await member.SubmitBatchAsync(
            [.. emails.Select(email => new Client.Submissions.SignalSubmission(email, Statements.Valid(Now)))],
            Ct
        );
        await member.WithdrawAsync(new(emails[0], RetractionReason.FalsePositive), Ct);
        var before = await Said(member, emails);

        // The first of them at the places 1, 14, 27 ..., the next at 2, 15, 28 ...: together at all.
        for (var first = 1; first <= Stride; first++)
        {
            await Rotate(rotating, fault, first);
            output.WriteLine($"Broken off {fault.Strikes} times at {fault.Places} places.");
            Assert.InRange(fault.Strikes, 4, fault.Places);
            Assert.Equal(before, await Said(member, emails));
        }
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static async Task Rotate(RotatingExchange rotating, Fault fault, int first)
    {
        var to = await rotating.Order(IndicatorType.Email, isEmergency: true);
        var services = rotating.Exchange.Services;
        var order = services.GetRequiredService<MemberDirectory>().Rotations.Single(it => it.ToKeyId == to);
        var worker = services.GetRequiredService<RotationWorker>();
        fault.Arm(first, Stride);
        for (TimeSpan? pause = TimeSpan.Zero; pause is { } wait; )
        {
            await Task.Delay(wait, Ct);
            try
            {
                pause = await worker.Work(order, Ct);
            }
            catch (Exception) when (fault.Strikes > 0)
            {
                pause = TimeSpan.Zero; // As a process that starts again: all that it knows is what was written.
            }
        }

        var (strikes, places) = (fault.Strikes, fault.Places);
        Assert.InRange(strikes, places / Stride, (places / Stride) + 1);
        await Verify(rotating, to);
    }

    private static async Task Verify(RotatingExchange rotating, string to)
    {
        _ = KeyId.TryParse(to, out var keyId);
        using var file = new MemoryStream();
        await rotating.ClientOf(rotating.Custodian).Keys.ExportRotationAsync(keyId, file, Ct);
        file.Position = 0;
        var check = await RotationCheck.VerifyAsync(file, cancellationToken: Ct);
        Assert.Equal((RotationVerdict.Valid, (long)Identifiers), (check.Verdict, check.Rows));
        var rotation = await rotating.Rotation(to);
        Assert.Equal(RotationPhase.Finished, rotation.Phase);
        Assert.Equal(KeyState.Destroyed, await rotating.StateOf(rotation.FromKeyId));
    }

    private static async Task<string> Said(SignalExchangeClient member, IReadOnlyList<Identifier> identifiers)
    {
        var read = await member.GetAsync(identifiers, CheckPurpose.Test, Ct);
        var verdicts = await member.CheckBatchAsync(identifiers, CheckPurpose.Test, Ct);
        return string.Join('\n', read.SelectMany(it => it.Signals))
            + string.Join('\n', verdicts.SelectMany(it => it.Verdict?.Signals.AsEnumerable() ?? []));
    }

    private static void Replace(IServiceCollection services, Fault fault)
    {
        services.Remove(
            services.Single(it =>
                it.ServiceType == typeof(IHostedService) && it.ImplementationType == typeof(RotationWatch)
            )
        );
        var custody = services.Single(it => it.ServiceType == typeof(IKeyCustody));
        services.Replace(
            ServiceDescriptor.Singleton<IKeyCustody>(provider => new FaultyCustody(
                (IKeyCustody)ActivatorUtilities.CreateInstance(provider, custody.ImplementationType!),
                fault
            ))
        );
        services.AddSingleton(provider => new FaultyStore(
            provider.GetRequiredService<SqliteExchangeStore>(),
            provider.GetRequiredService<SqliteExchangeStore>(),
            fault
        ));
        services.Replace(ServiceDescriptor.Singleton<IShardStore>(it => it.GetRequiredService<FaultyStore>()));
        services.Replace(ServiceDescriptor.Singleton<IGrainStateStore>(it => it.GetRequiredService<FaultyStore>()));
    }
}
