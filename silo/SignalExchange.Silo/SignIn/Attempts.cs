using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Storage;
using SignalExchange.Silo.AccessLog;

namespace SignalExchange.Silo.SignIn;

/// <summary>What becomes of attempts that could not be decided or recorded: they are refused, with the reason that calls get.</summary>
internal static class Attempts
{
    /// <summary>Runs an attempt.</summary>
    public static async Task<SignInOutcome> Run(Func<Task<SignInOutcome>> attempt)
    {
        try
        {
            return await attempt();
        }
        catch (RpcException failure)
        {
            return new(null, new Refusal(RefusalReader.ReasonOf(failure)));
        }
        catch (StateWriteException failure)
        {
            return new(null, new Refusal(failure.Reason));
        }
        catch (Exception failure) when (failure is TimeoutException or SiloUnavailableException)
        {
            return new(null, new Refusal(ErrorReason.NotReady));
        }
    }

    /// <summary>Returns the status of HTTP that goes with a refusal.</summary>
    public static int StatusOf(Refusal refusal) =>
        ErrorCatalog.CodeOf(refusal.Reason) switch
        {
            StatusCode.Unauthenticated or StatusCode.PermissionDenied => StatusCodes.Status401Unauthorized,
            StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
            StatusCode.InvalidArgument or StatusCode.FailedPrecondition => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status503ServiceUnavailable,
        };
}
