using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.TestKit.Audiences;

/// <summary>A statement of a random world.</summary>
/// <param name="Owner">Who says it.</param>
/// <param name="Level">Its TLP level.</param>
/// <param name="Groups">Its groups.</param>
/// <param name="Attribution">How its owner appears.</param>
/// <param name="Countries">Its countries.</param>
/// <param name="Basis">Its legal basis.</param>
/// <param name="Purpose">Its purpose.</param>
/// <param name="Retention">Its retention class.</param>
/// <param name="HasPermit">Whether it names a permit.</param>
/// <param name="IsDerived">Whether it was learned from another's signal.</param>
/// <param name="IsWithdrawn">Whether it was withdrawn since.</param>
/// <param name="Judged">What it holds to be so.</param>
/// <param name="IsDisputed">Whether somebody who is told of it disputes it.</param>
public sealed record Said(
    WorldMember Owner,
    ShareLevel Level,
    string[] Groups,
    Attribution Attribution,
    string[] Countries,
    LegalBasis Basis,
    SharingPurpose Purpose,
    RetentionClass Retention,
    bool HasPermit,
    bool IsDerived,
    bool IsWithdrawn,
    Judgement Judged,
    bool IsDisputed
)
{
    /// <summary>Makes the statement that the owner would submit.</summary>
    public SignalStatement ToStatement(DateTimeOffset now) =>
        Statements.Valid(
            now,
            statement =>
            {
                statement.Status = Judged.Status;
                statement.Severity = Judged.Severity;
                statement.Precision = Judged.Precision;
                statement.PermittedAction = Judged.Permits;
                statement.Audience = new Audience { ShareLevel = Level, GroupIds = { Groups } };
                statement.Attribution = Attribution;
                statement.CaseReference = SubmissionId.NewId().ToByteString();
                statement.DerivedFrom.Add(IsDerived ? [SignalId.NewId().ToByteString()] : []);
                statement.Legal = new LegalEnvelope
                {
                    Basis = Basis,
                    Purpose = Purpose,
                    Retention = Retention,
                    Permit = HasPermit ? SubmissionId.NewId().ToByteString() : ByteString.Empty,
                    Jurisdictions = { Countries },
                };
            }
        );
}
