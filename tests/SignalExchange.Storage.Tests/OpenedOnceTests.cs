namespace SignalExchange.Storage.Tests;

public sealed class OpenedOnceTests : IAsyncDisposable
{
    private readonly OpenedOnce<Session> _opened = new("a storage");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void What_is_not_open_is_refused_with_what_to_do()
    {
        Assert.Null(_opened.ValueOrNull);
        Assert.Contains(
            "Await OpenAsync",
            Assert.Throws<InvalidOperationException>(() => _opened.Value).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Of_many_that_open_at_once_one_does()
    {
        var made = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    _opened.OpenAsync(
                        async () =>
                        {
                            await Task.Yield();
                            return new Session(++made);
                        },
                        Ct
                    )
                )
        );

        Assert.Equal(1, made);
        Assert.Equal(1, _opened.Value.Number);
    }

    [Fact]
    public async Task What_could_not_be_opened_can_be_tried_again()
    {
        await Assert.ThrowsAsync<StorageUnavailableException>(() =>
            _opened.OpenAsync(() => throw new StorageUnavailableException(), Ct)
        );

        await _opened.OpenAsync(() => Task.FromResult(new Session(2)), Ct);

        Assert.Equal(2, _opened.Value.Number);
    }

    [Fact]
    public async Task What_was_closed_is_closed_once_and_stays_so()
    {
        var session = new Session(1);
        await _opened.OpenAsync(() => Task.FromResult(session), Ct);

        await _opened.DisposeAsync();
        await _opened.DisposeAsync();

        Assert.Equal(1, session.Closed);
        Assert.Throws<ObjectDisposedException>(() => _opened.Value);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _opened.OpenAsync(() => Task.FromResult(session), Ct));
    }

    public ValueTask DisposeAsync() => _opened.DisposeAsync();

    private sealed class Session(int number) : IAsyncDisposable
    {
        public int Number { get; } = number;

        public int Closed { get; private set; }

        public ValueTask DisposeAsync()
        {
            Closed++;
            return ValueTask.CompletedTask;
        }
    }
}
