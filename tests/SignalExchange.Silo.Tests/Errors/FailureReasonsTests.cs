using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Tests.Errors;

/// <summary>Why a call failed is told the same whichever silo the grain lives on.</summary>
[Collection(SharedExchange.Name)]
public sealed class FailureReasonsTests(ExchangeFixture exchange)
{
    public static TheoryData<Exception, ErrorReason> Failures { get; } =
        new()
        {
            {
                new StorageUnavailableException("away", new NpgsqlException("broke", new IOException())),
                ErrorReason.StorageUnavailable
            },
            {
                NotActivated(new StorageUnavailableException("away", new TimeoutException())),
                ErrorReason.StorageUnavailable
            },
            { NotActivated(NotActivated(new StorageUnavailableException())), ErrorReason.StorageUnavailable },
            { NotActivated(new InvalidOperationException("a fault of ours")), ErrorReason.Internal },
            { new OrleansException("a fault of the runtime"), ErrorReason.Internal },
            { new TimeoutException(), ErrorReason.NotReady },
        };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void A_failure_has_the_same_reason_here_and_from_another_silo(Exception failure, ErrorReason reason)
    {
        var serializer = exchange.Services.GetRequiredService<Serializer>();
        var crossed = serializer.Deserialize<Exception>(serializer.SerializeToArray(failure))!;

        Assert.Equal(reason, FailureReasons.Of(failure));
        Assert.Equal(reason, FailureReasons.Of(crossed));
        Assert.Equal(failure.Message, crossed.Message);
    }

    private static OrleansException NotActivated(Exception why) => new("Failed to activate a grain.", why);
}
