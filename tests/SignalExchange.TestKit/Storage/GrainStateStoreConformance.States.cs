namespace SignalExchange.TestKit.Storage;

public abstract partial class GrainStateStoreConformance
{
    // Composed and decomposed forms, case, emoji beyond the basic plane, what file names and SQL dislike.
    private static readonly string[] AwkwardKeys =
    [
        "ключ",
        "鍵",
        "caf\u00e9",
        "cafe\u0301",
        "Caf\u00e9",
        "😀",
        "a/b\\c#d?e%f",
        "it's \"quoted\"; --",
        " spaces ",
        "spaces",
        "",
    ];

    [Fact]
    public async Task State_that_was_never_written_is_null() => Assert.Null(await ReadAsync());

    [Fact]
    public async Task Written_state_is_read_back()
    {
        var etag = await WriteAsync(Payload, null);

        await AssertHoldsAsync(etag, Payload);
    }

    [Fact]
    public async Task Written_again_it_is_another_state_with_another_etag()
    {
        var first = await WriteAsync(Payload, null);
        var second = await WriteAsync(OtherPayload, first);
        var third = await WriteAsync(OtherPayload, second);

        Assert.Distinct([first, second, third]);
        await AssertHoldsAsync(third, OtherPayload);
    }

    [Fact]
    public async Task Empty_state_is_a_state()
    {
        var etag = await WriteAsync([], null);

        await AssertHoldsAsync(etag, []);
    }

    [Fact]
    public async Task Largest_state_is_kept()
    {
        byte[] payload = [.. Enumerable.Range(0, MaxPayloadBytes).Select(i => (byte)(i / 7))];
        var etag = await WriteAsync(payload, await WriteAsync([.. payload.Reverse()], null));

        await AssertHoldsAsync(etag, payload);
    }

    [Fact]
    public async Task States_of_different_names_and_grains_are_independent()
    {
        (string Name, string Grain)[] keys = [("a", "bc"), ("ab", "c"), ("a", "c"), ("bc", "a"), ("c", "ab")];
        var etags = new List<string>();
        foreach (var (name, grain) in keys)
        {
            etags.Add(await WriteAsync([(byte)etags.Count], null, name, grain));
        }

        await ClearAsync(etags[2], "a", "c");

        Assert.Null(await ReadAsync("a", "c"));
        foreach (var i in new[] { 0, 1, 3, 4 })
        {
            await AssertHoldsAsync(etags[i], [(byte)i], keys[i].Name, keys[i].Grain);
        }
    }

    [Fact]
    public async Task Keys_of_all_scripts_are_told_apart_to_the_letter()
    {
        var etags = new Dictionary<string, string>();
        foreach (var key in AwkwardKeys)
        {
            etags[key] = await WriteAsync(Payload, null, "state " + key, "grain " + key);
        }

        await Storage.ReopenAsync(Cancellation);
        foreach (var key in AwkwardKeys)
        {
            await AssertHoldsAsync(etags[key], Payload, "state " + key, "grain " + key);
        }
    }

    [Fact]
    public async Task States_survive_a_reopening()
    {
        var etag = await WriteAsync(Payload, null);
        await ClearAsync(await WriteAsync(Payload, null, "other"), "other");

        await Storage.ReopenAsync(Cancellation);

        await AssertHoldsAsync(etag, Payload);
        Assert.Null(await ReadAsync("other"));
        await WriteAsync(OtherPayload, etag);
    }

    [Fact]
    public async Task Cancelled_before_it_runs_a_write_does_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.WriteAsync(Name, Grain, Payload, null, cancelled)
        );
        Assert.Null(await ReadAsync());

        var etag = await WriteAsync(Payload, null);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ClearAsync(Name, Grain, etag, cancelled));
        await AssertHoldsAsync(etag, Payload);
    }
}
