using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SignalExchange.Storage;

namespace SignalExchange.Index.Tests;

public sealed class IndexRegistrationTests
{
    [Fact]
    public void Defaults_are_valid() => Assert.NotNull(OptionsOf(_ => { }));

    [Theory]
    [InlineData(nameof(IndexOptions.BuildParallelism), "0")]
    [InlineData(nameof(IndexOptions.BuildParallelism), "65")]
    [InlineData(nameof(IndexOptions.RepairRetryDelay), "00:00:00")]
    [InlineData(nameof(IndexOptions.HeadInterval), "00:02:00")]
    [InlineData(nameof(IndexOptions.SnapshotInterval), "00:00:59")]
    [InlineData(nameof(IndexOptions.SnapshotInterval), "1.00:00:01")]
    [InlineData(nameof(IndexOptions.SweepInterval), "00:00:59")]
    [InlineData(nameof(IndexOptions.SweepGrace), "-01:00:00")]
    public void Value_out_of_range_is_refused(string name, string value)
    {
        var option = typeof(IndexOptions).GetProperty(name)!;
        var wrong = TypeDescriptor.GetConverter(option.PropertyType).ConvertFromInvariantString(value);

        Assert.Throws<OptionsValidationException>(() => OptionsOf(options => option.SetValue(options, wrong)));
    }

    [Fact]
    public void Adding_twice_registers_once()
    {
        var services = new ServiceCollection().AddLocalIndex().AddLocalIndex();

        Assert.Single(services, service => service.ServiceType == typeof(LocalIndex));
        Assert.Single(services, service => service.ServiceType == typeof(ICommitObserver));
        Assert.Single(services, service => service.ServiceType == typeof(ILifecycleParticipant<ISiloLifecycle>));
        Assert.Equal(3, services.Count(service => service.ServiceType == typeof(IHostedService)));
    }

    private static IndexOptions OptionsOf(Action<IndexOptions> configure) =>
        new ServiceCollection()
            .AddLocalIndex(configure)
            .BuildServiceProvider()
            .GetRequiredService<IOptions<IndexOptions>>()
            .Value;
}
