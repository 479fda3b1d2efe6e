using SignalExchange.Index.Tables;

namespace SignalExchange.Index.Templates;

public sealed partial class TemplateIndex
{
    // About as long as a sweep.
    private static readonly TimeSpan SweepTakes = TimeSpan.FromMilliseconds(10);

    private int _isInUpkeep;

    /// <summary>Copies the index, a table at a time, as it is when this is called: what is added meanwhile is left out.</summary>
    /// <param name="takeLists">Takes the templates and sketches.</param>
    /// <param name="takeBand">Takes the slots of a band, band after band.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    internal async Task CopyAsync(
        Func<TemplateLists, Task> takeLists,
        Func<IReadOnlyCollection<ulong>, Task> takeBand,
        CancellationToken cancellationToken
    )
    {
        // No sweep meanwhile: no number is given back, none gets another meaning.
        while (!TryBeginUpkeep())
        {
            await Task.Delay(SweepTakes, cancellationToken);
        }

        try
        {
            var lists = CopyLists();
            var live = lists.FindLiveSketches();
            await takeLists(lists);
            foreach (var band in _bands)
            {
                var slots = CopySlots(band);
                slots.RemoveAll(slot =>
                    BandTable.NumberIn(slot) is var sketch && (sketch >= live.Length || !live[sketch])
                );
                await takeBand(slots);
            }
        }
        finally
        {
            EndUpkeep();
        }
    }

    /// <summary>Takes up what another process copied. Nothing was applied, and nobody reads yet.</summary>
    internal void Resume(FingerprintKey key, TemplateLists lists, BandTable byToken, IReadOnlyList<BandTable> bands)
    {
        var live = lists.FindLiveSketches();
        lock (_writer)
        {
            (_key, _byToken) = (key, byToken);
            _templates = new(lists.Templates, number => lists.Templates[number].LastSketch != 0);
            _sketches = new(lists.Sketches, number => live[number]);
            for (var band = 0; band < _bands.Length; band++)
            {
                _bands[band] = bands[band];
            }

            foreach (var (sketch, isLive) in lists.Sketches.Zip(live))
            {
                CountOwner(sketch.Owner, isLive ? 1 : 0);
            }
        }
    }

    private bool TryBeginUpkeep() => Interlocked.Exchange(ref _isInUpkeep, 1) == 0;

    private void EndUpkeep() => Volatile.Write(ref _isInUpkeep, 0);

    private TemplateLists CopyLists()
    {
        lock (_writer)
        {
            return new(_templates.Copy(), _sketches.Copy(), _byToken.CopySlots());
        }
    }

    private List<ulong> CopySlots(BandTable table)
    {
        lock (_writer)
        {
            return table.CopySlots();
        }
    }
}
