using SignalExchange.Benchmarks.Log;

namespace SignalExchange.Benchmarks.Tests.Log;

/// <summary>A rate is of what was written.</summary>
public sealed class BareAppendsTests : IDisposable
{
    private const int EntryBytes = 100;

    private readonly DataFile _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(12, 12)]
    [InlineData(10, 12)]
    [InlineData(1, 4)]
    public void Groups_are_written_whole_and_all_of_their_entries_counted(int asked, int written)
    {
        var file = _files.PathOf("log");
        using (var bare = new BareAppends(file))
        {
            Assert.Equal(written, bare.Append(asked, group: 4, EntryBytes));
        }

        Assert.Equal((long)written * EntryBytes, new FileInfo(file).Length);
    }
}
