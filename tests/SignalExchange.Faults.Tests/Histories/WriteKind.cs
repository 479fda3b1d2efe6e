namespace SignalExchange.Faults.Tests.Histories;

internal enum WriteKind
{
    Submission,
    Withdrawal,
}
