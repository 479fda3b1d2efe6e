using System.Security.Cryptography;
using SignalExchange.Storage.Snapshots;

namespace SignalExchange.TestKit.Storage;

/// <summary>What every <see cref="ISnapshotStore"/> does. The tests of each derive from it.</summary>
public abstract class SnapshotStoreConformance
{
    private const string Name = "index";

    // More than any store keeps in memory, and no whole number of its pieces.
    private const int Large = (9 * 1024 * 1024) + 17;

    // As the index reads and writes: SnapshotFormat's piece and its tag.
    private const int Piece = (192 * 1024) + 16;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Returns the store; the same place each time, empty at first.</summary>
    protected abstract ISnapshotStore Open();

    [Fact]
    public async Task There_is_none_at_first_and_then_the_one_that_was_written_last()
    {
        Assert.Null(await Open().OpenAsync(Name, Cancellation));

        await WriteAsync(1, 2, 3);
        await WriteAsync(4);

        Assert.Equal([4], await ReadAsync());
    }

    [Fact]
    public async Task An_empty_one_is_there()
    {
        await WriteAsync();

        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task Names_are_kept_apart()
    {
        await WriteAsync(1);
        await Open().ReplaceAsync("other", Writing([2]), Cancellation);

        Assert.Equal([1], await ReadAsync());
        Assert.Null(await Open().OpenAsync("third", Cancellation));
    }

    [Fact]
    public async Task A_large_one_is_read_as_it_was_written_and_from_any_place()
    {
        var content = Content();
        await WriteAsync(content);

        await using var snapshot = await Open().OpenAsync(Name, Cancellation);

        Assert.Equal(Large, snapshot!.Length);
        Assert.Equal(content, await RestAsync(snapshot));
        Assert.Equal(0, await snapshot.ReadAsync(new byte[8], Cancellation));
        foreach (var place in new[] { Large - 24, 0, Piece + 1, 4 * 1024 * 1024, Large - Piece })
        {
            var piece = new byte[Math.Min(Piece, Large - place)];
            snapshot.Position = place;
            await snapshot.ReadExactlyAsync(piece, Cancellation);
            Assert.Equal(content[place..(place + piece.Length)], piece);
            Assert.Equal(place + piece.Length, snapshot.Position);
        }
    }

    [Fact]
    public async Task Several_read_it_at_once_each_at_its_own_place()
    {
        var content = Content();
        await WriteAsync(content);

        var read = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ReadAsync()));

        Assert.All(read, it => Assert.Equal(content, it));
    }

    [Fact]
    public async Task A_writing_that_fails_leaves_what_was_there()
    {
        await Assert.ThrowsAsync<IOException>(() => Open().ReplaceAsync(Name, FailAsync, Cancellation));
        Assert.Null(await Open().OpenAsync(Name, Cancellation));

        await WriteAsync(1);
        await Assert.ThrowsAsync<IOException>(() => Open().ReplaceAsync(Name, FailAsync, Cancellation));

        Assert.Equal([1], await ReadAsync());
    }

    [Fact]
    public async Task A_writing_that_is_ended_leaves_what_was_there_also_at_its_last_byte()
    {
        await WriteAsync(1);
        using var ended = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Open()
                .ReplaceAsync(
                    Name,
                    async (snapshot, token) =>
                    {
                        await snapshot.WriteAsync(new byte[] { 2 }, token);
                        await ended.CancelAsync();
                    },
                    ended.Token
                )
        );

        Assert.Equal([1], await ReadAsync());
    }

    [Fact]
    public async Task What_is_opened_is_read_on_as_it_was_or_not_at_all_when_another_takes_its_place()
    {
        var (older, newer) = (Content(), Content());
        await WriteAsync(older);
        await using var reading = await Open().OpenAsync(Name, Cancellation);
        var beginning = new byte[Piece];
        await reading!.ReadExactlyAsync(beginning, Cancellation);

        await WriteAsync(newer);

        try
        {
            byte[] read = [.. beginning, .. await RestAsync(reading)];
            Assert.Equal(older, read);
        }
        catch (IOException)
        {
            // Not at all.
        }

        Assert.Equal(newer, await ReadAsync());
    }

    /// <summary>Returns what writes some bytes, in pieces as the index does.</summary>
    protected static Func<Stream, CancellationToken, Task> Writing(byte[] content) =>
        async (snapshot, token) =>
        {
            for (var rest = content.AsMemory(); !rest.IsEmpty; rest = rest[Math.Min(Piece, rest.Length)..])
            {
                await snapshot.WriteAsync(rest[..Math.Min(Piece, rest.Length)], token);
            }
        };

    /// <summary>Returns more bytes than any store keeps in memory, others each time.</summary>
    protected static byte[] Content() => RandomNumberGenerator.GetBytes(Large);

    /// <summary>Puts a snapshot in place.</summary>
    protected Task WriteAsync(params byte[] content) => Open().ReplaceAsync(Name, Writing(content), Cancellation);

    /// <summary>Reads the snapshot to its end.</summary>
    protected async Task<byte[]> ReadAsync()
    {
        await using var snapshot = await Open().OpenAsync(Name, Cancellation);
        return await RestAsync(snapshot!);
    }

    private static async Task<byte[]> RestAsync(Stream snapshot)
    {
        using var content = new MemoryStream();
        await snapshot.CopyToAsync(content, Cancellation);
        return content.ToArray();
    }

    private static async Task FailAsync(Stream snapshot, CancellationToken cancellationToken)
    {
        await snapshot.WriteAsync(new byte[Large], cancellationToken);
        throw new IOException("No space left on device");
    }
}
