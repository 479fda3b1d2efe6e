using SignalExchange.Silo.Archives;
using SignalExchange.Storage.Archives;

namespace SignalExchange.Silo.Tests.Archives;

public sealed class ArchiveProgressTests : IDisposable
{
    private readonly StringWriter _shown = new() { NewLine = "\n" };

    public void Dispose() => _shown.Dispose();

    [Fact]
    public void On_a_terminal_a_bar_grows_where_it_stands_and_ends_with_its_line()
    {
        Show(isRedirected: false, (false, 1, 4), (false, 4, 4), (true, 2, 4), (true, 4, 4));

        var bars = _shown.ToString().Split('\r', '\n').Where(it => it.Length > 0).ToList();
        Assert.Equal(4, bars.Count);
        Assert.Equal($"Copying      [{new string('#', 10)}{new string('-', 30)}] 1 of 4 records", bars[0]);
        Assert.Equal($"Reading back [{new string('#', 40)}] 4 of 4 records", bars[3]);
        Assert.Equal(2, _shown.ToString().Count(it => it == '\n'));
    }

    [Fact]
    public void Elsewhere_each_way_has_one_line()
    {
        Show(isRedirected: true, (false, 1, 4), (false, 4, 4), (true, 2, 4), (true, 4, 4));

        var lines = _shown.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Copying", "Reading"], lines.Select(it => it.Split(' ')[0]));
        Assert.DoesNotContain('\r', _shown.ToString());
    }

    [Theory]
    [InlineData(7, 0)]
    [InlineData(7, 4)]
    public void More_than_was_expected_is_counted_without_a_bar(long done, long expected)
    {
        Show(isRedirected: false, (false, done, expected));

        Assert.Equal("\rCopying      7 records", _shown.ToString());
    }

    private void Show(bool isRedirected, params (bool IsVerifying, long Done, long Expected)[] steps)
    {
        var progress = new ArchiveProgress(_shown, isRedirected);
        foreach (var (isVerifying, done, expected) in steps)
        {
            progress.Show(new ArchiveStep(isVerifying, done, expected));
        }
    }
}
