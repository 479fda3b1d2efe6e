using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Operations;

/// <summary>The rings of steps: what was done in the last hour, day and week. Changes the state that it is given.</summary>
internal static class ActivityRings
{
    // Length of a step in seconds, and how many there are.
    private static readonly (int Seconds, int Steps)[] Rings = [(60, 60), (300, 288), (3600, 168)];

    /// <summary>Adds what was done now.</summary>
    public static void Add(OperationsState state, ActivityStep done, DateTimeOffset now)
    {
        while (state.Rings.Count < Rings.Length)
        {
            state.Rings.Add(new ActivityRing());
        }

        foreach (var (ring, shape) in state.Rings.Zip(Rings))
        {
            Add(ring, done, StartOf(now, shape.Seconds), shape);
        }
    }

    /// <summary>Returns what was done in a span, without gaps.</summary>
    public static IEnumerable<ExchangeActivity> Read(OperationsState state, OverviewSpan span, DateTimeOffset now)
    {
        var place = PlaceOf(span);
        var (seconds, count) = Rings[place];
        var known = (state.Rings.ElementAtOrDefault(place)?.Steps ?? []).ToDictionary(step => step.From);
        var last = StartOf(now, seconds);
        return Enumerable
            .Range(0, count)
            .Select(back => last - ((long)(count - 1 - back) * seconds))
            .Select(from => Shown(known.GetValueOrDefault(from), from, seconds));
    }

    /// <summary>Returns the step of a span that is not over.</summary>
    public static ExchangeActivity Newest(OperationsState state, OverviewSpan span, DateTimeOffset now)
    {
        var place = PlaceOf(span);
        var from = StartOf(now, Rings[place].Seconds);
        var step = state.Rings.ElementAtOrDefault(place)?.Steps.LastOrDefault(step => step.From == from);
        return Shown(step, from, Rings[place].Seconds);
    }

    /// <summary>Sums steps up.</summary>
    public static ActivityStep Sum(IEnumerable<ActivityStep> steps)
    {
        var sum = new ActivityStep { Counts = new() };
        foreach (var step in steps)
        {
            Merge(sum, step);
        }

        return sum;
    }

    /// <summary>Returns a step in the form that is shown.</summary>
    public static ExchangeActivity Shown(ActivityStep? step, long from, int seconds)
    {
        var shown = step?.Counts.Clone() ?? new ExchangeActivity();
        shown.From = new Timestamp { Seconds = from };
        shown.Seconds = (uint)seconds;
        shown.CheckLatency = LatencyBuckets.Read(step?.Checks ?? []);
        shown.SubmitLatency = LatencyBuckets.Read(step?.Submissions ?? []);
        return shown;
    }

    private static void Add(ActivityRing ring, ActivityStep done, long from, (int Seconds, int Steps) shape)
    {
        // A clock that was set back must not make two steps of one time.
        if (ring.Steps.FirstOrDefault(step => step.From == from) is not { } step)
        {
            step = new ActivityStep { From = from, Counts = new() };
            ring.Steps.Insert(ring.Steps.Count(other => other.From < from), step);
        }

        Merge(step, done);
        while (ring.Steps.Count > 0 && ring.Steps[0].From <= from - ((long)shape.Seconds * shape.Steps))
        {
            ring.Steps.RemoveAt(0);
        }
    }

    private static void Merge(ActivityStep into, ActivityStep done)
    {
        var (sum, more) = (into.Counts, done.Counts);
        sum.Calls += more.Calls;
        sum.RefusedCalls += more.RefusedCalls;
        sum.FailedCalls += more.FailedCalls;
        sum.StorageFailures += more.StorageFailures;
        sum.TokensChecked += more.TokensChecked;
        sum.Hits += more.Hits;
        sum.SignalsAccepted += more.SignalsAccepted;
        sum.SignalsRefused += more.SignalsRefused;
        sum.SignalsWithdrawn += more.SignalsWithdrawn;
        sum.Evaluations += more.Evaluations;
        sum.AdsChecked += more.AdsChecked;
        sum.AdsKnown += more.AdsKnown;
        sum.AdsRegistered += more.AdsRegistered;
        Merge(into.Checks, done.Checks);
        Merge(into.Submissions, done.Submissions);
    }

    private static void Merge(RepeatedField<ulong> into, RepeatedField<ulong> more)
    {
        for (var bucket = 0; bucket < more.Count; bucket++)
        {
            if (bucket == into.Count)
            {
                into.Add(0);
            }

            into[bucket] += more[bucket];
        }
    }

    private static int PlaceOf(OverviewSpan span) => Math.Max((int)span - 1, 0);

    private static long StartOf(DateTimeOffset now, int seconds) => now.ToUnixTimeSeconds() / seconds * seconds;
}
