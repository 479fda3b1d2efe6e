using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Grains.Indicators;

namespace SignalExchange.Silo.Signals;

/// <summary>A submission after its reading: a command for an indicator, or a refusal.</summary>
internal readonly record struct SubmissionDraft(
    Token Token,
    SubmitCommand? Command,
    SubmissionWay? Way,
    Refusal? Refusal
)
{
    public SubmissionDraft(Token token, SubmitCommand command, SubmissionWay? way = null)
        : this(token, command, way, null) { }

    public SubmissionDraft(Refusal refusal)
        : this(default, null, null, refusal) { }
}
