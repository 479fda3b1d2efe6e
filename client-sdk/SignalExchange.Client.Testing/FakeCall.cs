using Google.Protobuf;
using SignalExchange.Client.Errors;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Testing;

/// <summary>One call of a member to a fake exchange: what its service does, in the order in which the real one does it.</summary>
internal readonly partial record struct FakeCall(
    Caller Caller,
    IFakeKeys Keys,
    FakeLedger Ledger,
    FakeTemplates Templates,
    FakeScript Script
)
{
    /// <summary>Returns the exception with which a call fails for a reason.</summary>
    public static SignalExchangeException Failure(ErrorReason reason) => Failure(new Refusal(reason));

    public SubmitResponse Submit(SubmitRequest request)
    {
        RequireForm(request);
        var keyId = RequireKey(request.KeyId);
        var seen = new HashSet<ByteString>();
        var response = new SubmitResponse();
        foreach (var submission in request.Submissions)
        {
            var answer =
                Refuse(submission.SubmissionId, seen)
                ?? Ledger.Submit(Caller, Keys.TokenOf(keyId, submission.Element.Span), keyId.Type, submission);
            response.Results.Add(answer.ToSubmitResult());
        }

        return response;
    }

    public WithdrawResponse Withdraw(WithdrawRequest request)
    {
        RequireForm(request);
        _ = RequireKey(request.KeyId);
        var seen = new HashSet<ByteString>();
        var response = new WithdrawResponse();
        foreach (var withdrawal in request.Withdrawals)
        {
            var answer =
                Refuse(withdrawal.SubmissionId, seen)
                ?? Ledger.Withdraw(Caller, new Token(withdrawal.Token.Span), withdrawal);
            response.Results.Add(answer.ToWithdrawResult());
        }

        return response;
    }

    public CheckResponse Check(CheckRequest request)
    {
        RequireForm(request);
        _ = RequireKey(request.KeyId);
        RequirePositions(request.AtLeast);
        var response = new CheckResponse();
        var heads = new Dictionary<uint, Position>();
        foreach (var (place, token) in Packed.Tokens(request.Tokens).Index())
        {
            var head = Ledger.HeadOf(token);
            heads[head.Shard] = head;
            if (Ledger.Check(Caller, token) is { } verdict)
            {
                response.Hits.Add(new CheckHit { Index = (uint)place, Verdict = verdict });
            }
        }

        response.AsOf.Add(heads.Values.OrderBy(head => head.Shard));
        return response;
    }

    public GetResponse Get(GetRequest request)
    {
        RequireForm(request);
        _ = RequireKey(request.KeyId);
        var response = new GetResponse();
        foreach (var (place, token) in Packed.Tokens(request.Tokens).Index())
        {
            if (Ledger.Read(Caller, token) is { } result)
            {
                result.Index = (uint)place;
                response.Results.Add(result);
            }
        }

        return response;
    }

    /// <summary>Reads a key id, and refuses a key that is not in force.</summary>
    public KeyId RequireKey(string text)
    {
        _ = KeyId.TryParse(text, out var keyId);
        if (keyId.Type is IndicatorType.AdTemplate)
        {
            throw Failure(new Refusal(ErrorReason.KeyOfBands, "key_id"));
        }

        return RequireInForce(keyId);
    }

    /// <summary>Refuses a key that is not in force.</summary>
    public KeyId RequireInForce(KeyId keyId)
    {
        var inForce = Keys.KeyOf(keyId.Type);
        if (keyId == inForce)
        {
            return keyId;
        }

        var reason = keyId.Epoch < inForce.Epoch ? ErrorReason.KeyRetired : ErrorReason.KeyUnknown;
        throw Failure(new Refusal(reason, "key_id"));
    }

    private static SignalExchangeException Failure(Refusal refusal) =>
        new(ErrorCatalog.CodeOf(refusal.Reason), refusal, trace: null, innerException: null);

    private static void RequireForm(IMessage request)
    {
        if (MessageForms.Check(request) is { } refusal)
        {
            throw Failure(refusal);
        }
    }

    private void RequirePositions(IEnumerable<Position> positions)
    {
        foreach (var position in positions)
        {
            switch (Ledger.HasReached(position))
            {
                case null:
                    throw Failure(new Refusal(ErrorReason.PositionInvalid, "at_least"));
                case false:
                    throw Failure(new Refusal(ErrorReason.PositionNotReached, "at_least"));
            }
        }
    }

    private FakeAnswer? Refuse(ByteString submissionId, HashSet<ByteString> seen) =>
        !seen.Add(submissionId) ? FakeAnswer.Refused(new Refusal(ErrorReason.DuplicateInBatch, "submission_id"))
        : Script.NextRefusal() is { } reason ? FakeAnswer.Refused(new Refusal(reason))
        : null;
}
