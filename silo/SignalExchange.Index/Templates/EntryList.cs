using System.Runtime.CompilerServices;

namespace SignalExchange.Index.Templates;

/// <summary>Numbered entries in flat pages: a new one is added, and none is ever copied.</summary>
/// <remarks>
/// One writer, held off by its caller; readers never wait. A number that was given back is given out again only after two sweeps, so that
/// nobody who began to read before the first of them takes one entry for another.
/// </remarks>
internal sealed class EntryList<T>
    where T : struct
{
    private const int PageBits = 10;
    private const int PageLength = 1 << PageBits;

    private readonly Stack<uint> _free = new();
    private List<uint> _resting = [];
    private T[][] _pages = [];

    /// <summary>Creates an empty list.</summary>
    public EntryList() { }

    /// <summary>Creates a list of entries that have their numbers already.</summary>
    /// <param name="entries">The entries, by number.</param>
    /// <param name="isLive">Whether there is an entry under a number; the others are given out again.</param>
    public EntryList(IReadOnlyList<T> entries, Func<int, bool> isLive)
    {
        foreach (var entry in entries)
        {
            Add(entry);
        }

        for (var number = entries.Count - 1; number >= 0; number--)
        {
            if (!isLive(number))
            {
                _free.Push((uint)number);
            }
        }

        Count -= _free.Count;
    }

    /// <summary>Gets how many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>Gets one more than the greatest number.</summary>
    public uint Top { get; private set; }

    /// <summary>Gets the bytes that the entries take.</summary>
    public long Bytes => Volatile.Read(ref _pages).LongLength * PageLength * Unsafe.SizeOf<T>();

    /// <summary>Reads an entry.</summary>
    public T this[uint number] => PlaceOf(number);

    /// <summary>Adds an entry.</summary>
    /// <returns>Its number.</returns>
    public uint Add(T entry)
    {
        Count++;
        if (!_free.TryPop(out var number))
        {
            number = Top++;
            if (number >> PageBits == _pages.Length)
            {
                Volatile.Write(ref _pages, [.. _pages, new T[PageLength]]);
            }
        }

        Set(number, entry);
        return number;
    }

    /// <summary>Copies the entries, by number. Writer only.</summary>
    public T[] Copy()
    {
        var copy = new T[Top];
        for (var number = 0u; number < Top; number++)
        {
            copy[number] = this[number];
        }

        return copy;
    }

    /// <summary>Writes over an entry.</summary>
    public void Set(uint number, T entry) => PlaceOf(number) = entry;

    /// <summary>Gives numbers back, and lets those be given out again that were given back before.</summary>
    public void Release(List<uint> numbers)
    {
        _resting.ForEach(_free.Push);
        _resting = numbers;
        Count -= numbers.Count;
    }

    private ref T PlaceOf(uint number) => ref Volatile.Read(ref _pages)[number >> PageBits][number & (PageLength - 1)];
}
