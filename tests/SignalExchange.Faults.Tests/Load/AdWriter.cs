using SignalExchange.Client.Templates;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;
using SignalExchange.TestKit.Templates;

namespace SignalExchange.Faults.Tests.Load;

/// <summary>
/// A member that registers ads as templates, each by one silo and again by the next, as after a lost answer; and takes every third back by
/// the one after. It tries again for minutes, so everything that it says is acknowledged in the end.
/// </summary>
internal sealed class AdWriter(Platform member, int silos)
{
    private readonly List<(string Ad, TemplateId? Template)> _said = [];

    /// <summary>Gets what it registered, with the template that its ad fits; null for none any more.</summary>
    public IReadOnlyList<(string Ad, TemplateId? Template)> Said => _said;

    /// <summary>Says something about some ads, one after the other.</summary>
    public async Task WriteAsync(int count, CancellationToken cancellationToken)
    {
        for (var end = _said.Count + count; _said.Count < end; )
        {
            _said.Add(await SayAsync(_said.Count, cancellationToken));
        }
    }

    private async Task<(string Ad, TemplateId? Template)> SayAsync(int number, CancellationToken cancellationToken)
    {
        var (ad, id) = (SampleAds.Made(number + 1), SubmissionId.NewId());
        var statement = Statements.Valid(TimeProvider.System.GetUtcNow());
        var first = await RegisterAsync(number, ad, statement, id, cancellationToken);
        var again = await RegisterAsync(number + 1, ad, statement, id, cancellationToken);
        Assert.Equal((first.Template, first.Signal, first.Revision), (again.Template, again.Signal, again.Revision));
        if (number % 3 < 2)
        {
            return (ad, first.Template);
        }

        var withdrawn = await member
            .At((number + 2) % silos, isPatient: true)
            .WithdrawTemplateAsync(first.Template, RetractionReason.FalsePositive, null, cancellationToken);
        Assert.True(withdrawn.IsAccepted, $"{withdrawn.Refusal}");
        return (ad, null);
    }

    private async Task<TemplateOutcome> RegisterAsync(
        int silo,
        string ad,
        SignalStatement statement,
        SubmissionId id,
        CancellationToken cancellationToken
    )
    {
        var outcome = await member
            .At(silo % silos, isPatient: true)
            .RegisterTemplateAsync(ad, statement, 0, id, cancellationToken);
        Assert.True(outcome.IsAccepted, $"{outcome.Refusal}");
        return outcome;
    }
}
