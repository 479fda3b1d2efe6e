using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Options;
using SignalExchange.Storage.Azure.Snapshots;
using SignalExchange.Storage.Azure.Tests.AccessLog;
using SignalExchange.Storage.Azure.Tests.Faults;
using SignalExchange.Storage.Snapshots;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Storage.Azure.Tests.Snapshots;

/// <summary>Snapshots as blobs: what the port promises, and what a service does that loses requests, replies and silos.</summary>
public sealed class AzureSnapshotStoreTests(AzuriteFixture azurite) : SnapshotStoreConformance, IDisposable
{
    private const int BlockBytes = 4 * 1024 * 1024;

    private readonly AzureStorageOptions _options = Settings(azurite.Azurite.ConnectionString());
    private readonly List<AzureConnections> _opened = [];
    private bool _isFailing;

    private BlockBlobClient Blob =>
        new BlobContainerClient(
            azurite.Azurite.ConnectionString(),
            AzureSnapshotStore.NameOf(_options)
        ).GetBlockBlobClient("silo-1/index.snapshot");

    protected override ISnapshotStore Open() => Open("silo-1");

    [Fact]
    public async Task Each_silo_has_its_own()
    {
        await WriteAsync(1);
        await Open("silo-2").ReplaceAsync("index", Writing([2]), Cancellation);

        Assert.Equal([1], await ReadAsync());
    }

    [Fact]
    public async Task It_goes_in_blocks_that_are_committed_at_once()
    {
        var (blocks, lists) = (new List<long>(), 0);
        var watched = Open(
            new Fault(
                (message, send) =>
                {
                    if (IsBlock(message) && message.Request.Content!.TryComputeLength(out var length))
                    {
                        blocks.Add(length);
                    }

                    lists += IsList(message) ? 1 : 0;
                    return send();
                }
            )
        );

        var content = Content();
        await watched.ReplaceAsync("index", Writing(content), Cancellation);

        Assert.Equal([BlockBytes, BlockBytes, content.Length - (2 * BlockBytes)], blocks);
        Assert.Equal(1, lists);
    }

    [Fact]
    public async Task A_silo_that_dies_half_way_leaves_the_one_before_and_its_next_one_is_whole()
    {
        await WriteAsync(1);
        var died = Open(new Fault((message, send) => IsList(message) ? throw new ProcessDiedException() : send()));
        await Assert.ThrowsAsync<ProcessDiedException>(() =>
            died.ReplaceAsync("index", Writing(Content()), Cancellation)
        );

        Assert.Equal([1], await ReadAsync());
        Assert.Equal(3, await UncommittedAsync());
        await WriteAsync(2);
        Assert.Equal([2], await ReadAsync());
        Assert.Equal(0, await UncommittedAsync());
    }

    [Fact]
    public async Task Two_that_were_the_same_silo_and_write_at_once_leave_one_whole_snapshot()
    {
        var (mine, others) = (Content(), Content());

        // The other one writes all of its own between this one's second block and its third.
        var blocks = 0;
        var interrupted = Open(
            new Fault(
                async (message, send) =>
                {
                    if (IsBlock(message) && ++blocks == 3)
                    {
                        await WriteAsync(others);
                    }

                    await send();
                }
            )
        );
        await Assert.ThrowsAsync<IOException>(() => interrupted.ReplaceAsync("index", Writing(mine), Cancellation));

        Assert.Equal(others, await ReadAsync());
    }

    [Fact]
    public async Task A_block_or_a_list_whose_reply_is_lost_is_sent_again()
    {
        var lost = new HashSet<string>(StringComparer.Ordinal);
        var store = Open(
            new Fault(
                async (message, send) =>
                {
                    await send();
                    if ((IsBlock(message) || IsList(message)) && lost.Add(message.Request.Uri.Query))
                    {
                        throw Fault.Lost();
                    }
                }
            )
        );
        var content = Content();

        await store.ReplaceAsync("index", Writing(content), Cancellation);

        Assert.Equal(4, lost.Count);
        Assert.Equal(content, await ReadAsync());
    }

    [Theory]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(500, "InternalError")]
    [InlineData(0, "a lost connection")]
    public async Task A_service_that_fails_is_an_error_of_reading_or_writing_that_names_no_more_than_the_account(
        int status,
        string code
    )
    {
        await WriteAsync(1, 2);
        await using var opened = await Open(Failing(_ => _isFailing, status, code)).OpenAsync("index", Cancellation);
        _isFailing = true;

        List<IOException> errors =
        [
            await Assert.ThrowsAsync<IOException>(async () =>
                await opened!.ReadExactlyAsync(new byte[2], Cancellation)
            ),
            await Assert.ThrowsAsync<IOException>(() =>
                Open(Failing(_ => true, status, code)).OpenAsync("index", Cancellation)
            ),
            await Assert.ThrowsAsync<IOException>(() =>
                Open(Failing(_ => true, status, code)).ReplaceAsync("index", Writing([3]), Cancellation)
            ),
            await Assert.ThrowsAsync<IOException>(() =>
                Open(Failing(IsBlock, status, code)).ReplaceAsync("index", Writing([3]), Cancellation)
            ),
            await Assert.ThrowsAsync<IOException>(() =>
                Open(Failing(IsList, status, code)).ReplaceAsync("index", Writing([3]), Cancellation)
            ),
        ];

        Assert.All(
            errors,
            error =>
            {
                Assert.Null(Assert.IsType<StorageUnavailableException>(error.InnerException).InnerException);
                Assert.Contains("account 'account1'", error.Message, StringComparison.Ordinal);
                Assert.DoesNotContain("http", error.ToString(), StringComparison.OrdinalIgnoreCase);
            }
        );
        Assert.Equal([1, 2], await ReadAsync());
    }

    [Fact]
    public void A_name_that_no_access_log_has_is_refused()
    {
        using var connections = new AzureConnections(Options.Create(_options));

        Assert.Throws<ArgumentException>(() =>
            new AzureSnapshotStore(connections, Options.Create(_options), "../silo-1")
        );
    }

    public void Dispose() => _opened.ForEach(connections => connections.Dispose());

    private static AzureStorageOptions Settings(string connection)
    {
        var options = new AzureStorageOptions { Prefix = AzuriteFixture.NewName() };
        options.Accounts.Add(new() { ConnectionString = connection });
        return options;
    }

    private static bool IsBlock(HttpMessage message) =>
        message.Request.Uri.Query.Contains("comp=block&", StringComparison.Ordinal);

    private static bool IsList(HttpMessage message) =>
        message.Request.Uri.Query.Contains("comp=blocklist", StringComparison.Ordinal);

    private static Fault Failing(Func<HttpMessage, bool> isMeant, int status, string code) =>
        new(
            (message, send) =>
            {
                if (!isMeant(message))
                {
                    return send();
                }

                message.Response = status == 0 ? throw Fault.Lost() : new CannedResponse(status, code);
                return default;
            }
        );

    private AzureSnapshotStore Open(Fault fault) => Open("silo-1", fault);

    private AzureSnapshotStore Open(string silo, Fault? fault = null)
    {
        var connections = new AzureConnections(Options.Create(_options), fault is null ? null : fault.Around);
        _opened.Add(connections);
        return new(connections, Options.Create(_options), silo);
    }

    private async Task<int> UncommittedAsync()
    {
        var list = await Blob.GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: Cancellation);
        return list.Value.UncommittedBlocks.Count();
    }
}
