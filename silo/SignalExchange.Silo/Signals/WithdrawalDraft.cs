using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Signals;

/// <summary>A withdrawal after its reading: whose signal goes and why, or a refusal.</summary>
/// <param name="SubmissionId">Made by the client; the same on every retry.</param>
/// <param name="Token">The indicator; default when it is refused.</param>
/// <param name="Reason">Why it is withdrawn.</param>
/// <param name="Refusal">What stands against it; null for nothing.</param>
internal readonly record struct WithdrawalDraft(
    ByteString SubmissionId,
    Token Token,
    RetractionReason Reason,
    Refusal? Refusal
);
