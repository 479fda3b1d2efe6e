using CsCheck;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.TransparencyLog.Tests.Verification;

/// <summary>Each way to tamper with a log, and what the verifier says of it.</summary>
public sealed class TamperedLogTests : IDisposable
{
    private const int Size = 700;
    private readonly TestLog _log = new(Size);

    public void Dispose() => _log.Dispose();

    [Fact]
    public Task No_bit_of_any_file_can_change() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue])
            .SampleAsync(
                async (file, bit) =>
                {
                    using var log = new TestLog(300);
                    var path = log.Files.Files.Keys.Order().ElementAt(file % log.Files.Files.Count);
                    var bytes = log.Files.Files[path];
                    bit %= bytes.Length * 8;
                    bytes[bit / 8] ^= (byte)(1 << (bit % 8));

                    var result = await log.VerifyAsync();

                    Assert.False(result.IsIntact, $"bit {bit} of {path}");
                    Assert.NotEmpty(result.Findings);
                },
                iter: 300
            );

    [Fact]
    public async Task No_file_can_be_cut_short_or_extended()
    {
        foreach (var path in _log.Files.Files.Keys.ToList())
        {
            var bytes = _log.Files.Files[path];
            foreach (var other in new byte[][] { [], bytes[..^1], [.. bytes, 0] })
            {
                _log.Files.Files[path] = other;
                Assert.False((await _log.VerifyAsync()).IsIntact, $"{path} with {other.Length} bytes");
            }

            _log.Files.Files[path] = bytes;
        }

        Assert.True((await _log.VerifyAsync()).IsIntact);
    }

    [Theory]
    [InlineData("tile/entries/001", 300)]
    [InlineData("tile/entries/002.p/188", 600)]
    public async Task An_altered_entry_is_named(string path, int entry)
    {
        _log.EditEntries(path, entries => entries[entry % 256][^1] ^= 1);

        await AssertFirst(LogFindingKind.EntryAltered, entry, path);
    }

    [Theory]
    [InlineData("tile/entries/001", 300)]
    [InlineData("tile/entries/002.p/188", 600)]
    [InlineData("tile/entries/002.p/188", 699)]
    public async Task A_removed_entry_is_named(string path, int entry)
    {
        _log.EditEntries(path, entries => entries.RemoveAt(entry % 256));

        await AssertFirst(LogFindingKind.EntryRemoved, entry, path);
    }

    [Theory]
    [InlineData("tile/entries/001", 300)]
    [InlineData("tile/entries/002.p/188", 600)]
    [InlineData("tile/entries/002.p/188", 700)]
    public async Task An_inserted_entry_is_named(string path, int entry)
    {
        _log.EditEntries(path, entries => entries.Insert(entry % 256, [1, 2, 3]));

        await AssertFirst(LogFindingKind.EntryInserted, entry, path);
    }

    [Fact]
    public async Task An_entry_removed_from_the_middle_with_all_others_moved_up_is_named()
    {
        var moved = Enumerable.Range(0, Size).Where(i => i != 300).Select(i => TestLog.EntryOf(i)).ToList();
        _log.EditEntries("tile/entries/001", entries => Replace(entries, moved.GetRange(256, 256)));
        _log.EditEntries("tile/entries/002.p/188", entries => Replace(entries, moved.GetRange(512, 187)));

        await AssertFirst(LogFindingKind.EntryRemoved, 300, "tile/entries/001");
    }

    [Fact]
    public async Task Two_entries_that_changed_places_are_named()
    {
        _log.EditEntries("tile/entries/001", entries => (entries[10], entries[20]) = (entries[20], entries[10]));

        var result = await AssertFirst(LogFindingKind.EntriesSwapped, 266, "tile/entries/001");
        Assert.Contains("276", result.Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_rewritten_with_its_tile_is_named()
    {
        _log.EditEntries("tile/entries/001", entries => entries[10][^1] ^= 1);
        _log.RehashTile("tile/entries/001", "tile/0/001");

        await AssertFirst(LogFindingKind.BundleRewritten, 256, "tile/entries/001");
    }

    [Theory]
    [InlineData("tile/0/001", 256)]
    [InlineData("tile/0/002.p/188", 512)]
    [InlineData("tile/1/000.p/2", 0)]
    public async Task An_altered_tile_is_named_and_not_the_entries(string path, int entry)
    {
        _log.Files.Files[path][40] ^= 1;

        var result = await AssertFirst(LogFindingKind.TileAltered, entry, path);
        Assert.Single(result.Findings);
    }

    [Fact]
    public async Task An_altered_tile_is_told_from_an_altered_entry_elsewhere()
    {
        _log.Files.Files["tile/0/000"][40] ^= 1;
        _log.Files.Files["tile/0/002.p/188"][40] ^= 1;
        _log.EditEntries("tile/entries/001", entries => entries[10][^1] ^= 1);

        var result = await _log.VerifyAsync();

        Assert.Equal(
            [
                (LogFindingKind.TileAltered, 0),
                (LogFindingKind.EntryAltered, 266L),
                (LogFindingKind.TileAltered, 512),
                (LogFindingKind.RootDiffers, null),
            ],
            result.Findings.Select(finding => (finding.Kind, finding.Entry))
        );
    }

    [Theory]
    [InlineData("tile/0/001", LogFindingKind.TileMissing, 256)]
    [InlineData("tile/1/000.p/2", LogFindingKind.TileMissing, 0)]
    [InlineData("tile/entries/001", LogFindingKind.BundleMissing, 256)]
    [InlineData("tile/entries/002.p/188", LogFindingKind.BundleMissing, 512)]
    public async Task A_deleted_file_is_named(string path, LogFindingKind kind, int entry)
    {
        _log.Files.Files.Remove(path);

        var result = await AssertFirst(kind, entry, path);
        Assert.Single(result.Findings);
    }

    [Fact]
    public async Task A_truncated_tail_is_named()
    {
        var bytes = _log.Files.Files["tile/entries/002.p/188"];
        _log.Files.Files["tile/entries/002.p/188"] = bytes[..(bytes.Length / 2)];

        var result = await _log.VerifyAsync();

        Assert.Equal(LogFindingKind.EntryRemoved, result.Findings[0].Kind);
        Assert.InRange(result.Findings[0].Entry!.Value, 600, 610);
    }

    [Fact]
    public async Task A_log_rewritten_whole_does_not_have_the_signed_root()
    {
        using var other = new TestLog(0);
        for (var i = 0; i < Size; i++)
        {
            other.Append(TestLog.EntryOf(i + 1), TestLog.DetailOf(i + 1));
        }

        other.Grow(0);
        other.Publish(_log.Note);
        var result = await other.VerifyAsync(_log.Options);

        Assert.False(result.IsIntact);
        Assert.Contains(result.Findings, finding => finding.Kind is LogFindingKind.RootDiffers);
    }

    [Fact]
    public async Task An_upper_tile_of_a_large_log_is_named()
    {
        using var log = new TestLog(66_000);
        log.Files.Files["tile/1/000"][40] ^= 1;
        var result = await log.VerifyAsync();

        Assert.Equal((LogFindingKind.TileAltered, "tile/1/000"), (result.Findings[0].Kind, result.Findings[0].File));
        Assert.Single(result.Findings);
    }

    [Fact]
    public async Task An_altered_entry_of_a_large_log_is_named_though_an_upper_tile_is_gone()
    {
        using var log = new TestLog(66_000);
        log.Files.Files.Remove("tile/1/000");
        log.EditEntries("tile/entries/007", entries => entries[8][^1] ^= 1);
        var result = await log.VerifyAsync();

        Assert.Contains(
            result.Findings,
            finding => finding is { Kind: LogFindingKind.EntryAltered, Entry: (7 * 256) + 8 }
        );
    }

    private static void Replace(List<byte[]> entries, List<byte[]> by)
    {
        entries.Clear();
        entries.AddRange(by);
    }

    private async Task<LogVerification> AssertFirst(LogFindingKind kind, long entry, string path)
    {
        var result = await _log.VerifyAsync();
        var first = result.Findings[0];

        Assert.False(result.IsIntact);
        Assert.Equal((kind, entry, path), (first.Kind, first.Entry, first.File));
        return result;
    }
}
