using System.Diagnostics;
using System.Diagnostics.Metrics;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Signals;

/// <summary>What members ask and say, in numbers, on the meter <see cref="MeterName"/>.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>signalexchange.batch.duration</term><description>a batch of a call or a stream in its handler, by <c>operation</c></description></item>
/// <item><term>signalexchange.check.tokens</term><description>tokens checked, by <c>purpose</c></description></item>
/// <item><term>signalexchange.check.candidates</term><description>tokens that the index knew, so that a grain was asked</description></item>
/// <item><term>signalexchange.check.hits</term><description>tokens of which the caller was told something, by <c>purpose</c></description></item>
/// <item><term>signalexchange.submit.signals</term><description>by <c>outcome</c> (accepted, already_known, refused) and <c>reason</c></description></item>
/// <item><term>signalexchange.submit.categories</term><description>accepted ones, once for each <c>category</c>, by <c>indicator_type</c></description></item>
/// <item><term>signalexchange.withdraw.signals</term><description>by <c>outcome</c> and <c>reason</c></description></item>
/// </list>
/// </remarks>
internal sealed class SignalMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SignalExchange.Signals";

    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries =
        [
            0.00025,
            0.0005,
            0.001,
            0.0025,
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
        ],
    };

    private readonly Histogram<double> _durations;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _candidates;
    private readonly Counter<long> _hits;
    private readonly Counter<long> _submitted;
    private readonly Counter<long> _categories;
    private readonly Counter<long> _withdrawn;
    private readonly TimeProvider _clock;

    /// <summary>Creates the instruments.</summary>
    public SignalMetrics(IMeterFactory meters, TimeProvider clock)
    {
        var meter = meters.Create(MeterName);
        _clock = clock;
        _durations = meter.CreateHistogram(
            "signalexchange.batch.duration",
            "s",
            "How long a batch took in its handler.",
            tags: null,
            Durations
        );
        _tokens = meter.CreateCounter<long>("signalexchange.check.tokens", "{token}", "Tokens checked.");
        _candidates = meter.CreateCounter<long>(
            "signalexchange.check.candidates",
            "{token}",
            "Tokens checked that the index knew."
        );
        _hits = meter.CreateCounter<long>(
            "signalexchange.check.hits",
            "{token}",
            "Tokens checked of which the caller was told something."
        );
        _submitted = meter.CreateCounter<long>("signalexchange.submit.signals", "{signal}", "Signals submitted.");
        _categories = meter.CreateCounter<long>(
            "signalexchange.submit.categories",
            "{signal}",
            "Signals accepted, by what they are about."
        );
        _withdrawn = meter.CreateCounter<long>("signalexchange.withdraw.signals", "{signal}", "Signals withdrawn.");
    }

    /// <summary>Times the work on a batch until the result is disposed of, whatever becomes of it.</summary>
    /// <param name="operation">check, get, submit or withdraw.</param>
    public BatchTiming Time(string operation) => new(_durations, operation, _clock);

    /// <summary>Counts an answered batch of checks.</summary>
    public void Checked(CheckPurpose purpose, int tokens, int candidates, int hits)
    {
        var tag = new KeyValuePair<string, object?>("purpose", purpose.ToString());
        _tokens.Add(tokens, tag);
        _candidates.Add(candidates);
        _hits.Add(hits, tag);
    }

    /// <summary>Counts an answered batch of submissions.</summary>
    public void Submitted(SubmitRequest request, KeyId keyId, IReadOnlyList<SubmitResult?> results)
    {
        for (var place = 0; place < results.Count; place++)
        {
            var (accepted, error) = (results[place]?.Accepted, results[place]?.Error);
            var isNew = accepted is { AlreadyKnown: false };
            _submitted.Add(1, TagsOf(accepted is not null, isNew, error));
            if (isNew)
            {
                CountCategories(request.Submissions[place].Statement, keyId.Type);
            }
        }
    }

    /// <summary>Counts an answered batch of withdrawals.</summary>
    public void Withdrawn(IReadOnlyList<WithdrawResult> results)
    {
        foreach (var result in results)
        {
            var isNew = result.Accepted is { AlreadyKnown: false };
            _withdrawn.Add(1, TagsOf(result.Accepted is not null, isNew, result.Error));
        }
    }

    private void CountCategories(SignalStatement statement, IndicatorType type)
    {
        foreach (var category in statement.Categories)
        {
            _categories.Add(1, new("category", category.ToString()), new("indicator_type", type.ToString()));
        }
    }

    private static TagList TagsOf(bool isAccepted, bool isNew, ItemError? error) =>
        isAccepted
            ? new() { { "outcome", isNew ? "accepted" : "already_known" } }
            : new() { { "outcome", "refused" }, { "reason", ErrorCatalog.NameOf(error?.Reason ?? default) } };
}
