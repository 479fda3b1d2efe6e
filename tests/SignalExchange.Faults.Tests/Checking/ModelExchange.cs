using SignalExchange.Contracts;
using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Checking;

/// <summary>An exchange that does everything right, one call at a time, and takes down its history.</summary>
internal sealed class ModelExchange
{
    public const int Silos = 2;
    public const int Subjects = 6;
    public const int Shards = 2;

    public static readonly string[] Members = ["a", "b"];

    private const long Before = 17;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<(string Member, int Subject), (SignalId Signal, uint Revision, bool IsLive)> _signals =
    [];
    private readonly Dictionary<SubmissionId, Write> _effects = [];
    private readonly ulong[] _heads = new ulong[Shards];
    private readonly List<Write> _writes = [];
    private readonly List<Read> _reads = [];
    private TimeSpan _now;

    /// <summary>Submits; a caller that is told nothing does not know whether it took effect.</summary>
    public void Submit(string member, int subject, int silo, bool isAnswered = true, bool takesEffect = true)
    {
        // Nothing new is said of what was withdrawn, or where a withdrawal may still come.
        if (_writes.Any(write => write.Kind == WriteKind.Withdrawal && write.Pair == (member, subject)))
        {
            return;
        }

        var write = new Write(WriteKind.Submission, member, subject, SubmissionId.NewId(), silo, Tick(), Fate.Unknown);
        Note(takesEffect ? Apply(write) : write, isAnswered && takesEffect);
    }

    /// <summary>Sends what was sent before.</summary>
    public void Repeat(int place, int silo)
    {
        if (_writes.Count > 0)
        {
            var known = _writes[place % _writes.Count];
            var effect = _effects.GetValueOrDefault(known.Id);
            var isLate = effect is null && _writes.Any(it => it.Kind == WriteKind.Withdrawal && it.Pair == known.Pair);
            if (known.Fate != Fate.Refused && !isLate)
            {
                var again = known with { Silo = silo, Time = Tick() };
                Note(
                    effect is null
                        ? Apply(again)
                        : effect with
                        {
                            Silo = silo,
                            Time = again.Time,
                            IsAlreadyKnown = true,
                        },
                    true
                );
            }
        }
    }

    public void Refuse(string member, int subject, int silo) =>
        _writes.Add(new(WriteKind.Submission, member, subject, SubmissionId.NewId(), silo, Tick(), Fate.Refused));

    public void Withdraw(string member, int subject, int silo)
    {
        var isCertain = _writes.TrueForAll(write => write.Pair != (member, subject) || write.Fate != Fate.Unknown);
        if (isCertain && _signals.TryGetValue((member, subject), out var signal) && signal.IsLive)
        {
            Note(
                Apply(new(WriteKind.Withdrawal, member, subject, SubmissionId.NewId(), silo, Tick(), Fate.Unknown)),
                isAnswered: true
            );
        }
    }

    public void Read(int silo, bool isFinal = false) =>
        _reads.Add(
            new(
                silo,
                Tick(),
                Enumerable.Range(0, Shards).ToDictionary(shard => shard, shard => _heads[shard]),
                [.. Enumerable.Range(0, Subjects).Select(AnswerOf)],
                isFinal
            )
        );

    public void Pause(TimeSpan time) => _now += time;

    /// <summary>Ends the run: every silo is asked, and the logs are read.</summary>
    public History Finish()
    {
        for (var silo = 0; silo < Silos; silo++)
        {
            Read(silo, isFinal: true);
        }

        return new()
        {
            Silos = Silos,
            FreshnessLimit = TimeSpan.FromSeconds(2),
            Shards = [.. Enumerable.Range(0, Subjects).Select(ShardOf)],
            Writes = [.. _writes],
            Reads = [.. _reads],
            Logs =
            [
                .. Enumerable
                    .Range(0, Shards)
                    .Select(shard => new ShardRows(shard, _heads[shard], RowsTo(_heads[shard]))),
            ],
            AccessLogs =
            [
                .. Enumerable.Range(0, Silos).Select(silo => new LoggedCalls(silo, Before, Before + CallsOf(silo))),
            ],
        };
    }

    // Of whose fate nobody was told: entries there are, too.
    private long CallsOf(int silo) =>
        _reads.Count(read => read.Silo == silo) + _writes.Count(write => write.Silo == silo);

    private static int ShardOf(int subject) => subject % Shards;

    private static IReadOnlyList<(ulong First, ulong Last)> RowsTo(ulong head) =>
        [.. Enumerable.Range(1, (int)head).Select(sequence => ((ulong)sequence, (ulong)sequence))];

    private Interval Tick()
    {
        _now += Step;
        return new(_now, _now + (Step / 2));
    }

    private Write Apply(Write write)
    {
        var isNew = !_signals.TryGetValue(write.Pair, out var before);
        var (signal, revision) = (isNew ? SignalId.NewId() : before.Signal, before.Revision + 1);
        _signals[write.Pair] = (signal, revision, write.Kind == WriteKind.Submission);
        var sequence = ++_heads[ShardOf(write.Subject)];
        return _effects[write.Id] = write with
        {
            Fate = Fate.Accepted,
            Signal = signal,
            Revision = revision,
            Sequence = sequence,
        };
    }

    private void Note(Write write, bool isAnswered) =>
        _writes.Add(
            isAnswered
                ? write
                : new(write.Kind, write.Member, write.Subject, write.Id, write.Silo, write.Time, Fate.Unknown)
        );

    private Answer AnswerOf(int subject) =>
        new(
            subject,
            [
                .. Members
                    .Where(member => _signals.TryGetValue((member, subject), out var signal) && signal.IsLive)
                    .Select(member => new SeenSignal(
                        member,
                        _signals[(member, subject)].Signal,
                        _signals[(member, subject)].Revision
                    )),
            ]
        );
}
