using System.Collections.Frozen;
using System.Globalization;
using Grpc.Core;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Errors;

/// <summary>The status code and the words of every <see cref="ErrorReason"/>.</summary>
public static class ErrorCatalog
{
    /// <summary>The <c>domain</c> of every <c>google.rpc.ErrorInfo</c> that the exchange sends.</summary>
    public const string Domain = "signalexchange";

    private static readonly FrozenDictionary<ErrorReason, CatalogEntry> Entries = new Dictionary<
        ErrorReason,
        CatalogEntry
    >
    {
        [ErrorReason.FieldMissing] = new(
            StatusCode.InvalidArgument,
            "A required field is missing or unspecified. Set it."
        ),
        [ErrorReason.FieldMalformed] = new(
            StatusCode.InvalidArgument,
            "A field does not have its form. See its format in the contract."
        ),
        [ErrorReason.EnumUnknown] = new(
            StatusCode.InvalidArgument,
            "An enum has a number that this exchange does not know. Use a value of the contract."
        ),
        [ErrorReason.OutOfRange] = new(StatusCode.InvalidArgument, "A value is outside its range."),
        [ErrorReason.TooMany] = new(
            StatusCode.InvalidArgument,
            "There are more elements than allowed. Split the request."
        ),
        [ErrorReason.BatchEmpty] = new(StatusCode.InvalidArgument, "The batch is empty. Send at least one element."),
        [ErrorReason.DuplicateInBatch] = new(
            StatusCode.InvalidArgument,
            "The same id stands twice in one request. Use a new one for each element."
        ),
        [ErrorReason.AnswerTooLarge] = new(
            StatusCode.InvalidArgument,
            "The answer would be larger than a message may be, in bytes. Ask for fewer tokens at once."
        ),
        [ErrorReason.MessageTooLarge] = new(
            StatusCode.InvalidArgument,
            "The request is larger than a message may be, in bytes. Send it as several."
        ),
        [ErrorReason.MessageMalformed] = new(
            StatusCode.InvalidArgument,
            "The request is no message of this method, is cut short, or is compressed in an unknown way. Make it by the exchange's contract."
        ),
        [ErrorReason.MethodUnknown] = new(
            StatusCode.Unimplemented,
            "There is no such method. Compare your contract with the exchange's, for example by reflection."
        ),
        [ErrorReason.FieldUnknown] = new(
            StatusCode.InvalidArgument,
            "A message has a field that this exchange's contract does not have. Nothing of it was kept. Send only fields of the contract; an exchange is brought to a new contract before its members are."
        ),
        [ErrorReason.ElementInvalid] = new(
            StatusCode.InvalidArgument,
            "A blinded element is not the encoding of a point, or is the identity. Nothing was evaluated."
        ),
        [ErrorReason.KeyUnknown] = new(
            StatusCode.FailedPrecondition,
            "This exchange holds no such key. Fetch the key manifests again."
        ),
        [ErrorReason.KeyRetired] = new(
            StatusCode.FailedPrecondition,
            "The key's epoch has ended. Fetch the key manifests and make the tokens again."
        ),
        [ErrorReason.EvaluateQueueFull] = new(
            StatusCode.ResourceExhausted,
            "Too many evaluations wait for the key service. Retry after the stated delay."
        ),
        [ErrorReason.ExpiryPassed] = new(StatusCode.InvalidArgument, "The expiry has passed already. Set a later one."),
        [ErrorReason.ExpiryTooFar] = new(
            StatusCode.InvalidArgument,
            "The expiry is later than the type's cap, in days from now. Set an earlier one and renew it later."
        ),
        [ErrorReason.TimeInFuture] = new(
            StatusCode.InvalidArgument,
            "A time that should have passed lies in the future. Check the clock."
        ),
        [ErrorReason.TimesReversed] = new(StatusCode.InvalidArgument, "last_active lies before first_active."),
        [ErrorReason.CoercionBasisMissing] = new(
            StatusCode.InvalidArgument,
            "A trafficking category about adults needs means. Consensual adult sex work is out of scope."
        ),
        [ErrorReason.RoleForbidsEnforcement] = new(
            StatusCode.InvalidArgument,
            "A possible victim or a compromised account must not be acted against. Drop the actions and permit LEAD_ONLY or REVIEW_REQUIRED."
        ),
        [ErrorReason.BlockNotJustified] = new(
            StatusCode.InvalidArgument,
            "MAY_BLOCK needs status CONFIRMED and precision HIGH."
        ),
        [ErrorReason.AudienceEmpty] = new(StatusCode.InvalidArgument, "This share level needs at least one group."),
        [ErrorReason.AudienceNotYours] = new(
            StatusCode.PermissionDenied,
            "The audience names a group that you do not belong to, or that does not exist."
        ),
        [ErrorReason.CategoryAgeConflict] = new(
            StatusCode.InvalidArgument,
            "The category and the victim's age band exclude each other."
        ),
        [ErrorReason.SubmissionIdReused] = new(
            StatusCode.AlreadyExists,
            "The submission id was used before with another content. Use a new one for a new statement."
        ),
        [ErrorReason.SignalNotFound] = new(StatusCode.NotFound, "You have no signal on this indicator."),
        [ErrorReason.TooManyRevisions] = new(
            StatusCode.ResourceExhausted,
            "Your signal on this indicator changed too often in the last seven days. Wait."
        ),
        [ErrorReason.ManualReviewStands] = new(
            StatusCode.FailedPrecondition,
            "A person reviewed your signal; a statement that no person reviewed does not replace it. Have it reviewed, or withdraw first."
        ),
        [ErrorReason.IndicatorFull] = new(
            StatusCode.ResourceExhausted,
            "The exchange's storage keeps no more about this indicator. Nothing was written. Tell the operator."
        ),
        [ErrorReason.CredentialsMissing] = new(
            StatusCode.Unauthenticated,
            "There is no bearer token. Sign a JWT with your key."
        ),
        [ErrorReason.CredentialsMalformed] = new(
            StatusCode.Unauthenticated,
            "The bearer token is not a JWT of the required shape: ES256, kid, iss, sub, aud, iat, exp, jti."
        ),
        [ErrorReason.CredentialsInvalid] = new(
            StatusCode.Unauthenticated,
            "No live key of that member has this kid, or the signature is wrong."
        ),
        [ErrorReason.CredentialsExpired] = new(
            StatusCode.Unauthenticated,
            "The token has expired, is not valid yet, or lives longer than five minutes. Check the clock."
        ),
        [ErrorReason.CredentialsWrongAudience] = new(StatusCode.Unauthenticated, "The token is for another audience."),
        [ErrorReason.CredentialsReplayed] = new(
            StatusCode.Unauthenticated,
            "A token with this jti was used before. Sign a new one for every call."
        ),
        [ErrorReason.CredentialsBeforeStart] = new(
            StatusCode.Unavailable,
            "The token was issued before this server started. Sign a new one."
        ),
        [ErrorReason.MemberSuspended] = new(StatusCode.PermissionDenied, "The member is suspended. Ask the operators."),
        [ErrorReason.RoleNotAllowed] = new(StatusCode.PermissionDenied, "The key's role may not call this method."),
        [ErrorReason.CertificateMissing] = new(
            StatusCode.Unauthenticated,
            "This exchange asks for a TLS client certificate. Connect with the member's."
        ),
        [ErrorReason.CertificateRefused] = new(
            StatusCode.Unauthenticated,
            "The TLS client certificate is not of the exchange's authority, not valid now, not for clients, or not that member's."
        ),
        [ErrorReason.MemberNotFound] = new(StatusCode.NotFound, "There is no such member."),
        [ErrorReason.MemberExists] = new(
            StatusCode.AlreadyExists,
            "A member of that id exists with another key or other groups."
        ),
        [ErrorReason.PublicKeyInvalid] = new(
            StatusCode.InvalidArgument,
            "The public key is not a P-256 SubjectPublicKeyInfo."
        ),
        [ErrorReason.MemberKeyNotFound] = new(StatusCode.NotFound, "The member has no such key."),
        [ErrorReason.MemberKeyExists] = new(
            StatusCode.AlreadyExists,
            "The key belongs to a member already. Make a new one."
        ),
        [ErrorReason.LastOperator] = new(
            StatusCode.FailedPrecondition,
            "The consortium's last operator key cannot be revoked, nor the consortium suspended. Add another key first."
        ),
        [ErrorReason.TooManyKeys] = new(
            StatusCode.ResourceExhausted,
            "The member has as many live keys as allowed. Revoke one first."
        ),
        [ErrorReason.TooManyKeysThisYear] = new(
            StatusCode.ResourceExhausted,
            "The member has added as many keys to itself as it may within a year. Ask an operator to add one."
        ),
        [ErrorReason.PageTokenInvalid] = new(
            StatusCode.InvalidArgument,
            "The page token was not made by this exchange for this listing. Start again without one."
        ),
        [ErrorReason.RoleDoesNotFit] = new(
            StatusCode.InvalidArgument,
            "The role does not fit the member: operator keys are for the consortium, backend keys for members."
        ),
        [ErrorReason.EnrolmentRefused] = new(
            StatusCode.Unauthenticated,
            "The enrolment was refused: code, member or signature are not right, or the code was used or has expired."
        ),
        [ErrorReason.AgreementMismatch] = new(
            StatusCode.FailedPrecondition,
            "The agreement is not the one that the invitation names."
        ),
        [ErrorReason.MemberStateWrong] = new(
            StatusCode.FailedPrecondition,
            "The member's state does not allow this step."
        ),
        [ErrorReason.ApprovalOwn] = new(
            StatusCode.PermissionDenied,
            "An operator cannot approve its own request. Ask another operator."
        ),
        [ErrorReason.ApprovalNotFound] = new(StatusCode.NotFound, "There is no such approval."),
        [ErrorReason.ApprovalClosed] = new(
            StatusCode.FailedPrecondition,
            "The approval was decided otherwise or has expired. Ask for the act again."
        ),
        [ErrorReason.TooManyApprovals] = new(
            StatusCode.ResourceExhausted,
            "Too many acts wait for approval. Decide some of them first."
        ),
        [ErrorReason.TooManyGroups] = new(
            StatusCode.ResourceExhausted,
            "There are as many groups as allowed. Use one that is there."
        ),
        [ErrorReason.ApprovalNotShown] = new(
            StatusCode.FailedPrecondition,
            "The act would change something else than what was shown, or nothing was. Look at the approval again, and approve what it says now."
        ),
        [ErrorReason.ApprovalNotIndependent] = new(
            StatusCode.PermissionDenied,
            "One of the two asked for the other's one-time code, so they are not sure to be two. Ask another operator."
        ),
        [ErrorReason.PositionNotReached] = new(
            StatusCode.Unavailable,
            "This silo has not reached the position in time. Retry."
        ),
        [ErrorReason.PositionInvalid] = new(
            StatusCode.InvalidArgument,
            "The position names a shard that does not exist."
        ),
        [ErrorReason.StorageUnavailable] = new(
            StatusCode.Unavailable,
            "The storage cannot write. Nothing was written. Retry later."
        ),
        [ErrorReason.WriteQueueFull] = new(
            StatusCode.ResourceExhausted,
            "Too many writes wait for the storage. Retry after the stated delay."
        ),
        [ErrorReason.WriteConflict] = new(
            StatusCode.Aborted,
            "Another writer took over. Retry with the same submission id."
        ),
        [ErrorReason.NotReady] = new(StatusCode.Unavailable, "The exchange is starting or stopping. Retry."),
        [ErrorReason.LogUnavailable] = new(
            StatusCode.Unavailable,
            "The access log cannot be written, and nothing is answered that is not recorded. Retry with the same submission id."
        ),
        [ErrorReason.LogBusy] = new(
            StatusCode.ResourceExhausted,
            "Too many calls wait for the access log. Retry after the stated delay with the same submission id."
        ),
        [ErrorReason.Internal] = new(
            StatusCode.Internal,
            "The exchange broke a promise. Quote the trace to its operators."
        ),
        [ErrorReason.KeyOfBands] = new(
            StatusCode.InvalidArgument,
            "The key is the one of advertisements' bands, which are never submitted, checked or read as indicators."
        ),
        [ErrorReason.KeyNotOfBands] = new(
            StatusCode.InvalidArgument,
            "The key is not the one of advertisements' bands. Use the key of type ad-template."
        ),
        [ErrorReason.BandsMalformed] = new(
            StatusCode.InvalidArgument,
            "An ad does not have the bands of a sketch, each once. Make them with the SDK."
        ),
        [ErrorReason.TemplateBoilerplate] = new(
            StatusCode.FailedPrecondition,
            "Too much of the ad is what many other ads or templates say as well. Register an ad that says more of its own."
        ),
        [ErrorReason.TemplateTooCommon] = new(
            StatusCode.FailedPrecondition,
            "The template would match too many of the ads that were asked about lately. Register an ad that says more of its own."
        ),
        [ErrorReason.TemplateCovered] = new(
            StatusCode.AlreadyExists,
            "A template of your own finds this ad already, as a strong match. Grow that template."
        ),
        [ErrorReason.TemplateNotFound] = new(
            StatusCode.NotFound,
            "There is no template of that name on which you may see anything."
        ),
        [ErrorReason.GrowthTooWeak] = new(
            StatusCode.FailedPrecondition,
            "The copy fits the template weakly or not at all. Register it as a template of its own."
        ),
        [ErrorReason.GrowthTooFar] = new(
            StatusCode.FailedPrecondition,
            "The copy is too many edits away from the template's first ad. Register it as a template of its own."
        ),
        [ErrorReason.TooManySketches] = new(
            StatusCode.ResourceExhausted,
            "The template has grown as much as it may. Register the copy as a template of its own."
        ),
        [ErrorReason.TooManySketchesToday] = new(
            StatusCode.ResourceExhausted,
            "The template has grown as much as it may within a day. Grow it tomorrow."
        ),
        [ErrorReason.TooManyTemplates] = new(
            StatusCode.ResourceExhausted,
            "The exchange holds as many templates as it may. Withdraw what matters no more; operators can raise the limit."
        ),
        [ErrorReason.BandsKeyNotRotated] = new(
            StatusCode.FailedPrecondition,
            "The key of advertisements' bands is not rotated yet. If it was disclosed, withdraw the templates, and ask no more about ads."
        ),
        [ErrorReason.QuotaEvaluationsSpent] = new(
            StatusCode.ResourceExhausted,
            "The batch would pass the member's evaluations of the day. Nothing was evaluated. Retry after the stated delay, or with fewer."
        ),
        [ErrorReason.QuotaTokensSpent] = new(
            StatusCode.ResourceExhausted,
            "The batch would pass the member's distinct tokens of the day. Nothing was looked up. Retry after the stated delay, or with fewer."
        ),
        [ErrorReason.QuotaSubmissionsSpent] = new(
            StatusCode.ResourceExhausted,
            "The batch would pass the member's submissions of the day. Nothing was written. Retry after the stated delay, or with fewer."
        ),
        [ErrorReason.QuotaWithdrawalsSpent] = new(
            StatusCode.ResourceExhausted,
            "The batch would pass the member's withdrawals of the day. Nothing was withdrawn. Retry after the stated delay, or with fewer."
        ),
        [ErrorReason.QuotaRegistrationsSpent] = new(
            StatusCode.ResourceExhausted,
            "The batch would pass the ads that the member may register a day. Nothing was registered. Retry after the stated delay, or with fewer."
        ),
        [ErrorReason.BurstLimit] = new(
            StatusCode.ResourceExhausted,
            "More in a second than the member's burst limit. Nothing was done. Retry after the stated delay."
        ),
        [ErrorReason.Overloaded] = new(
            StatusCode.Unavailable,
            "The exchange is working on as much as it takes. Nothing was done. Retry after the stated delay."
        ),
        [ErrorReason.TooManyStreams] = new(
            StatusCode.ResourceExhausted,
            "The member has as many streams open as allowed. End one, or retry after the stated delay."
        ),
        [ErrorReason.KeyNotAnnounced] = new(
            StatusCode.FailedPrecondition,
            "No key of that id is announced. List the keys, and announce one."
        ),
        [ErrorReason.RotationRunning] = new(
            StatusCode.FailedPrecondition,
            "A rotation of this type is under way, or the key before the present one still serves checks. Wait for its end."
        ),
        [ErrorReason.RotationNotFound] = new(
            StatusCode.NotFound,
            "There is no rotation to that key, or nothing of it was re-keyed yet."
        ),
        [ErrorReason.AuditFilterInvalid] = new(
            StatusCode.InvalidArgument,
            "The filter contradicts itself: nothing could match it. Leave this field out, or change it."
        ),
        [ErrorReason.EntryNotFound] = new(StatusCode.NotFound, "The log has no entry at that place yet."),
        [ErrorReason.EntryShredded] = new(
            StatusCode.FailedPrecondition,
            "The entry's detail was destroyed when its time had come. Leave it out."
        ),
        [ErrorReason.ProofNotYet] = new(
            StatusCode.Unavailable,
            "No published checkpoint covers that size yet. Retry in a second."
        ),
        [ErrorReason.ExportTooLarge] = new(
            StatusCode.InvalidArgument,
            "More entries match than one export may hold. Narrow the filter, for example by time."
        ),
        [ErrorReason.AlarmNotFound] = new(StatusCode.NotFound, "There is no such alarm."),
        [ErrorReason.SearchBehind] = new(
            StatusCode.Unavailable,
            "The entry is in the log, and the search index has not read it yet. Retry in a second."
        ),
        [ErrorReason.ExportNotApproved] = new(
            StatusCode.PermissionDenied,
            "An export needs an operator's approval. Ask for it, and send its id with the same filter and format, by the same key, within seven days."
        ),
        [ErrorReason.HoldNotFound] = new(StatusCode.NotFound, "There is no legal hold of that name."),
        [ErrorReason.TooManyHolds] = new(
            StatusCode.ResourceExhausted,
            "There are as many legal holds as can be. Lift one that is over."
        ),
        [ErrorReason.PersonNotFound] = new(StatusCode.NotFound, "There is no such account."),
        [ErrorReason.LoginTaken] = new(StatusCode.AlreadyExists, "Another account has this login. Choose another one."),
        [ErrorReason.PersonStateWrong] = new(
            StatusCode.FailedPrecondition,
            "The account was revoked, or gets its credentials from the provider. Nothing was done."
        ),
        [ErrorReason.TooManyPeople] = new(
            StatusCode.ResourceExhausted,
            "There are as many accounts as can be. Revoke some that are not used."
        ),
        [ErrorReason.SignInRefused] = new(
            StatusCode.Unauthenticated,
            "Name, password and code are not right together, or the code was used before. Try again with a new one."
        ),
        [ErrorReason.SignInLocked] = new(
            StatusCode.ResourceExhausted,
            "Too many attempts for this account or from this address. Wait, then try again."
        ),
        [ErrorReason.SessionEnded] = new(StatusCode.Unauthenticated, "The session has ended. Sign in again."),
        [ErrorReason.VerificationRunning] = new(
            StatusCode.ResourceExhausted,
            "The log is being verified already. Wait until that is done."
        ),
        [ErrorReason.DisputeNotFound] = new(
            StatusCode.NotFound,
            "There is no such dispute for you. List your disputes."
        ),
        [ErrorReason.DisputeStateWrong] = new(
            StatusCode.FailedPrecondition,
            "The dispute is settled, or is not yours to answer or to end. Its owner answers; who raised it, or an operator, ends it."
        ),
        [ErrorReason.TooManyDisputes] = new(
            StatusCode.ResourceExhausted,
            "There are as many open disputes as allowed. End some of yours, or wait for answers."
        ),
        [ErrorReason.DisputeRaisedBefore] = new(
            StatusCode.FailedPrecondition,
            "You have disputed this signal before, and that was settled. You may again once its owner has changed it."
        ),
        [ErrorReason.TooManyDisputesToday] = new(
            StatusCode.ResourceExhausted,
            "You have raised as many disputes as a member may a day (UTC). Go on tomorrow."
        ),
        [ErrorReason.PasswordWeak] = new(
            StatusCode.InvalidArgument,
            "The password is too short, too long or too plain, or holds the account's name. Choose another one."
        ),
    }.ToFrozenDictionary();

    /// <summary>Returns the status code with which a call fails for this reason.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The reason is unspecified or not of this contract.</exception>
    public static StatusCode CodeOf(ErrorReason reason) => Find(reason).Code;

    /// <summary>Returns the name that stands in <c>ErrorInfo.reason</c>, for example <c>TOO_MANY</c>.</summary>
    public static string NameOf(ErrorReason reason) => ErrorReasonNames.Of(reason);

    /// <summary>Returns what was wrong and what to do, with the field and the numbers.</summary>
    /// <returns>For example: <c>tokens: There are more elements than allowed. Split the request. (limit 10000, got 10001)</c>.</returns>
    public static string Describe(Refusal refusal)
    {
        var field = refusal.Field.Length == 0 ? "" : refusal.Field + ": ";
        var numbers = (refusal.Limit, refusal.Actual) switch
        {
            ({ } limit, { } actual) => string.Create(CultureInfo.InvariantCulture, $" (limit {limit}, got {actual})"),
            ({ } limit, null) => string.Create(CultureInfo.InvariantCulture, $" (limit {limit})"),
            (null, { } actual) => string.Create(CultureInfo.InvariantCulture, $" (got {actual})"),
            _ => "",
        };
        return field + Find(refusal.Reason).Words + numbers;
    }

    private static CatalogEntry Find(ErrorReason reason) =>
        Entries.TryGetValue(reason, out var entry)
            ? entry
            : throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not an error reason of this contract.");
}
