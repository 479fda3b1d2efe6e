using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Rules;

/// <summary>Decides about a history. Knows nothing of how it came about.</summary>
internal static class HistoryChecker
{
    public static IReadOnlyList<IHistoryRule> Rules { get; } =
    [
        new NothingAcknowledgedIsLost(),
        new NothingStandsTwice(),
        new NothingRefusedStands(),
        new WithdrawnStaysWithdrawn(),
        new PositionsOnlyGrow(),
        new LogsAreDense(),
        new NothingIsAnsweredStale(),
        new SilosAgree(),
        new EveryAnswerIsLogged(),
    ];

    /// <summary>Finds what is wrong: at most five places for each rule.</summary>
    public static List<Violation> Check(History history) =>
        [
            .. Rules.SelectMany(rule =>
                rule.FindViolations(history).Take(5).Select(what => new Violation(rule.GetType().Name, what))
            ),
        ];
}
