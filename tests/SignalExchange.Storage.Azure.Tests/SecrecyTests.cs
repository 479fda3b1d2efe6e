using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Text;
using Azure.Core;
using SignalExchange.Storage.Azure.Tests.Faults;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests;

/// <summary>Rows are named by tokens, and the SDK's errors, logs and spans by rows: nothing of that may be told.</summary>
[Collection(ProcessWide.Name)]
public sealed class SecrecyTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Grain = "member/secret-grain";
    private static readonly byte[] Payload = "secret-payload"u8.ToArray();

    private AzureStorageUnderTest _storage = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ShardModel Model => new(_storage.Shards.Shards, new(3));

    public async ValueTask InitializeAsync() => _storage = await AzureStorageUnderTest.OpenAsync(azurite.Azurite);

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    [Theory]
    [InlineData(400, "InvalidInput")]
    [InlineData(403, "AuthorizationFailure")]
    [InlineData(404, "TableNotFound")]
    [InlineData(413, "RequestBodyTooLarge")]
    [InlineData(500, "InternalError")]
    [InlineData(503, "ServerBusy")]
    [InlineData(0, "a lost connection")]
    public async Task Errors_and_logs_name_neither_rows_nor_content_nor_keys(int status, string code)
    {
        var fault = new Fault((message, _) => Fail(message, status, code)) { IsOn = false };
        var store = await _storage.OpenStoreAsync(fault);
        await store.WriteAsync("s", Grain, Payload, null, Cancellation);
        fault.IsOn = true;

        List<Exception> errors =
        [
            await ErrorOf(() => store.CommitAsync(Model.Next(1), Cancellation)),
            await ErrorOf(async () => await store.ReadIndicatorAsync(Model.Token(1), Cancellation)),
            await ErrorOf(async () => await store.ReadHeadAsync(Model.Shard, Cancellation)),
            await ErrorOf(() => ShardAssert.ReadAsync(store, Model.Shard, 0, Cancellation)),
            await ErrorOf(() => store.WriteAsync("s", Grain, Payload, null, Cancellation)),
            await ErrorOf(() => store.WriteAsync("s", Grain, Payload, "W/\"1\"", Cancellation)),
            await ErrorOf(() => store.ClearAsync("s", Grain, "W/\"1\"", Cancellation)),
            await ErrorOf(async () => await store.ReadAsync("s", Grain, Cancellation)),
            await ErrorOf(() => _storage.NewStore(null, fault).OpenAsync(Cancellation)),
        ];

        Assert.All(
            errors,
            error =>
            {
                Assert.True(error is StorageUnavailableException or CommitUnknownException, error.ToString());
                Assert.Null(error.InnerException);
                AssertTellsNothing(error.ToString());
            }
        );
        Assert.All(_storage.Logged, AssertTellsNothing);
    }

    [Fact]
    public async Task Service_that_cannot_be_reached_is_unavailable_and_its_address_says_no_more_than_the_account()
    {
        await using var gone = await AzuriteProcess.StartAsync(accounts: 1, isKept: false, Cancellation);
        await using var storage = await AzureStorageUnderTest.OpenAsync(gone);
        await gone.KillAsync();

        List<Exception> errors =
        [
            await ErrorOf(() => storage.Shards.CommitAsync(Model.Next(1), Cancellation)),
            await ErrorOf(async () => await storage.Shards.ReadIndicatorAsync(Model.Token(1), Cancellation)),
            await ErrorOf(() => storage.GrainStates.WriteAsync("s", Grain, Payload, null, Cancellation)),
        ];

        Assert.All(
            errors,
            error =>
            {
                Assert.IsType<StorageUnavailableException>(error);
                Assert.Contains("ConnectionRefused", error.Message, StringComparison.Ordinal);
                AssertTellsNothing(error.ToString());
            }
        );
        await gone.StartAsync(Cancellation);
    }

    [Fact]
    public async Task Sdk_logs_and_traces_nothing()
    {
        using var heard = new Listener();
        var spans = new ConcurrentBag<string>();
        using var tracing = new ActivityListener
        {
            ShouldListenTo = source =>
                source.Name.StartsWith("Azure", StringComparison.Ordinal)
                || source.Name.StartsWith("System.Net.Http", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
                spans.Add($"{activity.DisplayName} {string.Join(' ', activity.TagObjects.Select(tag => tag.Value))}"),
        };
        ActivitySource.AddActivityListener(tracing);

        var model = Model;
        await model.CommitAsync(_storage.Shards, model.Next(1, 2), Cancellation);
        await ShardAssert.HoldsAsync(model, _storage.Shards, Cancellation);
        await _storage.GrainStates.WriteAsync("s", Grain, Payload, null, Cancellation);

        Assert.All(spans, AssertTellsNothing);
        Assert.All(heard.Events, AssertTellsNothing);
    }

    private static async ValueTask Fail(HttpMessage message, int status, string code)
    {
        await Task.Yield();
        message.Response = status == 0 ? throw Fault.Lost() : new CannedResponse(status, code);
    }

    private static async Task<Exception> ErrorOf(Func<Task> act) => await Assert.ThrowsAnyAsync<Exception>(act);

    private void AssertTellsNothing(string text)
    {
        var key = azurite.Azurite.ConnectionString().Split("AccountKey=")[1].Split(';')[0];
        foreach (
            var secret in new[]
            {
                Model.Token(1).ToKeyString(),
                "secret-grain",
                Encoding.UTF8.GetString(Payload),
                Convert.ToBase64String(Payload),
                key,
                "PartitionKey",
                "$batch",
            }
        )
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private sealed class Listener : EventListener
    {
        public ConcurrentBag<string> Events { get; } = [];

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.StartsWith("Azure", StringComparison.Ordinal))
            {
                EnableEvents(eventSource, EventLevel.LogAlways);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            Events?.Add($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? [])}");
    }
}
