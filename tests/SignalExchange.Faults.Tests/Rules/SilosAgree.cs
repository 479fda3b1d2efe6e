using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Rules;

/// <summary>In the end all silos say the same: what nobody was told the fate of stands on every one of them, or on none.</summary>
internal sealed class SilosAgree : IHistoryRule
{
    public IEnumerable<string> FindViolations(History history) =>
        from subject in LastAnswers(history).GroupBy(it => it.Answer.Subject)
        where subject.Select(it => Describe(it.Answer)).Distinct().Skip(1).Any()
        select $"On subject {subject.Key} "
            + string.Join(
                "; ",
                subject.OrderBy(it => it.Silo).Select(it => $"silo {it.Silo} says {Describe(it.Answer)}")
            )
            + ".";

    // Final reads are repeated where something was written meanwhile, so the last one counts.
    private static IEnumerable<(int Silo, Answer Answer)> LastAnswers(History history) =>
        from read in history.FinalReads
        from answer in read.Answers
        group (read, answer) by (read.Silo, answer.Subject) into asked
        let last = asked.MaxBy(it => it.read.Time.Started)
        select (last.read.Silo, last.answer);

    private static string Describe(Answer answer) =>
        answer.Signals.Count == 0
            ? "nothing"
            : string.Join(
                ", ",
                answer
                    .Signals.Select(seen => $"{seen.Owner}:{seen.Signal} revision {seen.Revision}")
                    .Order(StringComparer.Ordinal)
            );
}
