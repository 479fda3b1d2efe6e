using SignalExchange.Client.Submissions;
using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Load;

/// <summary>What a member has said about a subject, as far as it knows. Safe from any thread.</summary>
/// <remarks>
/// Nothing new is said after a withdrawal has begun, and no withdrawal begins while something is uncertain: so that what is withdrawn must
/// stay so, whatever arrives late.
/// </remarks>
internal sealed class Pair(Platform member, Subject subject)
{
    private readonly Lock _gate = new();
    private readonly List<SignalSubmission> _accepted = [];
    private readonly List<SignalSubmission> _uncertain = [];
    private int _underWay;
    private bool _isWithdrawn;

    public Platform Member { get; } = member;

    public Subject Subject { get; } = subject;

    /// <summary>Begins to say something new; not after a withdrawal.</summary>
    public bool TryBegin()
    {
        lock (_gate)
        {
            _underWay += _isWithdrawn ? 0 : 1;
            return !_isWithdrawn;
        }
    }

    /// <summary>Takes what is to be sent again: something uncertain rather than something accepted.</summary>
    public SignalSubmission? TakeAgain(Dice dice)
    {
        lock (_gate)
        {
            var choices = _uncertain.Count > 0 ? _uncertain : _accepted;
            if (choices.Count == 0)
            {
                return null;
            }

            _underWay++;
            return dice.Pick(choices);
        }
    }

    public void End(SignalSubmission submission, Fate fate)
    {
        lock (_gate)
        {
            _underWay--;
            var isNew = !_accepted.Contains(submission);
            if (fate == Fate.Accepted)
            {
                _uncertain.Remove(submission);
            }

            if (isNew && fate == Fate.Accepted)
            {
                _accepted.Add(submission);
            }
            else if (isNew && fate == Fate.Unknown && !_uncertain.Contains(submission))
            {
                _uncertain.Add(submission);
            }
        }
    }

    public bool TryBeginWithdrawal()
    {
        lock (_gate)
        {
            var may = !_isWithdrawn && _underWay == 0 && _uncertain.Count == 0 && _accepted.Count > 0;
            _isWithdrawn |= may;
            return may;
        }
    }
}
