using System.Collections.Concurrent;
using SignalExchange.Client;
using SignalExchange.Contracts;
using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Load;

/// <summary>Members that report, revise, withdraw, repeat themselves and ask, on all silos at once.</summary>
/// <param name="members">The members.</param>
/// <param name="silos">The number of silos.</param>
/// <param name="key">The key of the tokens.</param>
/// <param name="subjects">Whom they report; the last tenth in ways that are refused.</param>
/// <param name="isPatient">Whether their clients try again for minutes.</param>
internal sealed class Workload(
    IReadOnlyList<Platform> members,
    int silos,
    KeyId key,
    IReadOnlyList<Subject> subjects,
    bool isPatient
)
{
    private const int Writers = 6;
    private const int Readers = 3;

    private readonly int _reportable = subjects.Count * 9 / 10;
    private readonly ConcurrentDictionary<(Platform, int), Pair> _pairs = new();
    private int _taken;
    private int _refused;

    public HistoryRecorder Recorder { get; } = new();

    public IReadOnlyList<Platform> Members => members;

    public int Silos => silos;

    public KeyId Key => key;

    /// <summary>Returns a member's client for a silo.</summary>
    public SignalExchangeClient ClientOf(Platform member, int silo) => member.At(silo, isPatient);

    /// <summary>Gets those about whom something was sent.</summary>
    public IReadOnlyList<Subject> Touched =>
        [.. Recorder.Writes.Select(write => write.Subject).Distinct().Order().Select(number => subjects[number])];

    /// <summary>Runs the load while something takes its course.</summary>
    /// <param name="course">What happens meanwhile.</param>
    /// <param name="seed">What chance goes by.</param>
    public async Task RunWhileAsync(Func<Task> course, ulong seed)
    {
        using var stop = new CancellationTokenSource();
        var tasks = Enumerable
            .Range(0, Writers + Readers)
            .Select(number => Task.Run(() => Start(number, new Dice((uint)number, seed), stop.Token)))
            .ToList();
        try
        {
            await course();
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(tasks);
        }
    }

    /// <summary>Returns a member and the next subject that nobody has spoken of; null when there is none left.</summary>
    public Pair? NewPair(Dice dice)
    {
        var number = Interlocked.Increment(ref _taken) - 1;
        return number < _reportable ? PairOf(dice.Pick(members), number) : AnyPair(dice);
    }

    /// <summary>Returns any member and a subject of late; null when there is none yet.</summary>
    public Pair? AnyPair(Dice dice)
    {
        var taken = Math.Min(Volatile.Read(ref _taken), _reportable);
        return taken == 0 ? null : PairOf(dice.Pick(members), taken - 1 - dice.Next(Math.Min(taken, 200)));
    }

    /// <summary>Returns a subject: mostly one of late.</summary>
    public Subject AnySubject(Dice dice)
    {
        var taken = Math.Clamp(Volatile.Read(ref _taken), 1, _reportable);
        return dice.Next(10) == 0 ? dice.Pick(subjects) : subjects[taken - 1 - dice.Next(Math.Min(taken, 300))];
    }

    /// <summary>Returns the next subject whose submissions are refused; null when there is none left.</summary>
    public Subject? TakeRefusedSubject()
    {
        var number = _reportable + Interlocked.Increment(ref _refused) - 1;
        return number < subjects.Count ? subjects[number] : null;
    }

    private Pair PairOf(Platform member, int number) =>
        _pairs.GetOrAdd((member, number), it => new Pair(it.Item1, subjects[it.Item2]));

    private Task Start(int number, Dice dice, CancellationToken cancellationToken) =>
        number < Writers
            ? new Writer(this, dice).RunAsync(cancellationToken)
            : new Reader(this, dice).RunAsync(cancellationToken);
}
