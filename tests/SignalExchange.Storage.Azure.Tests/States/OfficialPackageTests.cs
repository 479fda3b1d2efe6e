using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Storage;
using SignalExchange.TestKit.Azurite;

namespace SignalExchange.Storage.Azure.Tests.States;

/// <summary>Microsoft.Orleans.Persistence.AzureStorage itself, on the same table: each reads and replaces what the other wrote.</summary>
public sealed class OfficialPackageTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Provider = "official";
    private const string Name = "state";

    private static readonly GrainId Grain = GrainId.Create("member", "acme/ключ#1");

    private AzureStorageUnderTest _storage = null!;
    private IHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IGrainStateStore Ours => _storage.GrainStates;

    private IGrainStorage Official => _host.Services.GetRequiredKeyedService<IGrainStorage>(Provider);

    public async ValueTask InitializeAsync()
    {
        _storage = await AzureStorageUnderTest.OpenAsync(azurite.Azurite);
        _host = new HostBuilder()
            .UseOrleans(silo =>
                silo.UseLocalhostClustering()
                    .Configure<ClusterOptions>(it => it.ServiceId = "signalexchange")
                    .AddAzureTableGrainStorage(
                        Provider,
                        options =>
                        {
                            options.TableServiceClient = new(azurite.Azurite.ConnectionString());
                            options.TableName = _storage.Prefix + "States";
                            options.GrainStorageSerializer = new AsItIs();
                        }
                    )
            )
            .Build();
        var life = new StartOnly();
        ((ILifecycleParticipant<ISiloLifecycle>)Official).Participate(life);
        await life.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task State_that_we_wrote_is_read_replaced_and_cleared_by_the_package()
    {
        byte[] bytes = [.. Enumerable.Range(0, 150_000).Select(i => (byte)(i % 251))];
        var etag = await Ours.WriteAsync(Name, Grain.ToString(), bytes, null, Cancellation);

        var state = await ReadAsync();
        Assert.Equal((true, etag), (state.RecordExists, state.ETag));
        Assert.Equal(bytes, state.State!.Bytes);

        state.State.Bytes = [1, 2, 3];
        await Official.WriteStateAsync(Name, Grain, state);
        var ours = await Ours.ReadAsync(Name, Grain.ToString(), Cancellation);
        Assert.Equal(state.ETag, ours!.ETag);
        Assert.Equal([1, 2, 3], ours.Payload.ToArray());

        await Official.ClearStateAsync(Name, Grain, state);
        Assert.Null(await Ours.ReadAsync(Name, Grain.ToString(), Cancellation));
    }

    [Fact]
    public async Task State_that_the_package_wrote_is_read_replaced_and_cleared_by_us()
    {
        var state = await ReadAsync();
        state.State!.Bytes = new byte[70_000];
        await Official.WriteStateAsync(Name, Grain, state);

        var ours = await Ours.ReadAsync(Name, Grain.ToString(), Cancellation);
        Assert.Equal(70_000, ours!.Payload.Length);
        var etag = await Ours.WriteAsync(Name, Grain.ToString(), new byte[] { 7 }, ours.ETag, Cancellation);
        Assert.Equal([7], (await ReadAsync()).State!.Bytes);
        await Assert.ThrowsAnyAsync<Exception>(() => Official.WriteStateAsync(Name, Grain, state));

        await Ours.ClearAsync(Name, Grain.ToString(), etag, Cancellation);
        Assert.False((await ReadAsync()).RecordExists);
    }

    private async Task<GrainState<Kept>> ReadAsync()
    {
        var state = new GrainState<Kept>(new());
        await Official.ReadStateAsync(Name, Grain, state);
        return state;
    }

    internal sealed class Kept
    {
        public byte[] Bytes { get; set; } = [];
    }

    private sealed class AsItIs : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new(((Kept)(object)input!).Bytes);

        public T Deserialize<T>(BinaryData input) => (T)(object)new Kept { Bytes = input.ToArray() };
    }

    // A silo's life as far as the package takes part in it here: its beginning.
    private sealed class StartOnly : ISiloLifecycle
    {
        private readonly List<ILifecycleObserver> _observers = [];

        public int HighestCompletedStage => int.MinValue;

        public int LowestStoppedStage => int.MaxValue;

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            _observers.Add(observer);
            return new MemoryStream();
        }

        public async Task StartAsync()
        {
            foreach (var observer in _observers)
            {
                await observer.OnStart(Cancellation);
            }
        }
    }
}
