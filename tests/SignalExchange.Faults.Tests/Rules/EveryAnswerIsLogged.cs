using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Rules;

/// <summary>The access log of every silo has grown by an entry at least for each call that it answered, and lost none.</summary>
internal sealed class EveryAnswerIsLogged : IHistoryRule
{
    public IEnumerable<string> FindViolations(History history)
    {
        var logs = history.AccessLogs.ToDictionary(log => log.Silo);
        foreach (var silo in Enumerable.Range(0, history.Silos))
        {
            var answered = history.AnsweredBy(silo);
            if (!logs.TryGetValue(silo, out var log))
            {
                yield return $"The access log of silo {silo} was not read in the end.";
            }
            else if (log.After < log.Before + answered)
            {
                yield return $"Silo {silo} answered {answered} calls, and its access log went from {log.Before} entries to {log.After}.";
            }
        }
    }
}
