using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Taxonomy;

/// <summary>What a withdrawal says of the signal that was withdrawn.</summary>
public static class RetractionReasons
{
    /// <summary>Whether the signal was wrong when it was said: an error of its owner's, which stays counted.</summary>
    public static bool IsWrong(this RetractionReason reason) =>
        reason
            is RetractionReason.FalsePositive
                or RetractionReason.AppealUpheld
                or RetractionReason.AccountHijacked
                or RetractionReason.VictimMisidentified
                or RetractionReason.SubmittedInError;
}
