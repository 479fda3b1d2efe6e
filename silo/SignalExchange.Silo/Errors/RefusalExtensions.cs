using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using SignalExchange.Contracts.Errors;

namespace SignalExchange.Silo.Errors;

/// <summary>Turns refusals into the statuses that callers get.</summary>
internal static class RefusalExtensions
{
    /// <summary>How long a caller should wait when a queue is full.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>Returns the exception that ends a call with the refusal's status.</summary>
    public static RpcException ToRpcException(this Refusal refusal, string? trace = null) =>
        refusal.ToStatus(trace).ToRpcException();

    /// <summary>Returns the exception that ends a call with the refusal's status, and says when to try again.</summary>
    public static RpcException ToRpcException(this Refusal refusal, RetryAdvice advice) =>
        refusal.ToStatus(advice: advice).ToRpcException();

    /// <summary>Returns the status: code and words of the catalog, ErrorInfo, and the field at fault or the time to wait.</summary>
    public static Google.Rpc.Status ToStatus(this Refusal refusal, string? trace = null, RetryAdvice? advice = null)
    {
        var code = ErrorCatalog.CodeOf(refusal.Reason);
        var status = new Google.Rpc.Status
        {
            Code = (int)code,
            Message = refusal.ToString(),
            Details = { Any.Pack(InfoOf(refusal, trace)) },
        };
        if (code == StatusCode.InvalidArgument && refusal.Field.Length > 0)
        {
            status.Details.Add(Any.Pack(ViolationOf(refusal)));
        }

        if (code == StatusCode.ResourceExhausted || advice is not null)
        {
            var delay = advice?.Delay ?? RetryDelay;
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = delay.ToDuration() }));
        }

        if (advice is { QuotaSubject.Length: > 0 } quota)
        {
            status.Details.Add(Any.Pack(FailureOf(refusal, quota.QuotaSubject)));
        }

        return status;
    }

    private static ErrorInfo InfoOf(Refusal refusal, string? trace)
    {
        var info = new ErrorInfo { Domain = ErrorCatalog.Domain, Reason = ErrorCatalog.NameOf(refusal.Reason) };
        Add(info, "field", refusal.Field);
        Add(info, "limit", refusal.Limit?.ToString(CultureInfo.InvariantCulture));
        Add(info, "actual", refusal.Actual?.ToString(CultureInfo.InvariantCulture));
        Add(info, "trace", trace);
        return info;
    }

    private static BadRequest ViolationOf(Refusal refusal) =>
        new()
        {
            FieldViolations =
            {
                new BadRequest.Types.FieldViolation
                {
                    Field = refusal.Field,
                    Description = refusal.ToString(),
                    Reason = ErrorCatalog.NameOf(refusal.Reason),
                },
            },
        };

    private static QuotaFailure FailureOf(Refusal refusal, string subject) =>
        new()
        {
            Violations =
            {
                new QuotaFailure.Types.Violation { Subject = subject, Description = refusal.ToString() },
            },
        };

    private static void Add(ErrorInfo info, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            info.Metadata.Add(key, value);
        }
    }
}
