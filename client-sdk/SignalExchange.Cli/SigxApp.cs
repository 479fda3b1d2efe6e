using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Grpc.Core;
using SignalExchange.Cli.Commands;
using SignalExchange.Cli.Output;
using SignalExchange.Client.Errors;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Cli;

/// <summary>The command line: every command, and what becomes of failures.</summary>
internal static class SigxApp
{
    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> Run(
        string[] args,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                await error.WriteLineAsync(problem.Message);
            }

            return ExitCodes.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (SignalExchangeException failure)
        {
            await Printer.Failure(error, failure);
            return failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal
                ? ExitCodes.Unavailable
                : ExitCodes.Refused;
        }
        catch (IdentifierRefusedException refused)
        {
            await error.WriteLineAsync(new CanonicalRefusal(refused.Problem).ToString());
            return ExitCodes.Refused;
        }
        catch (OperationCanceledException) // By Ctrl-C, SIGTERM or the caller; deadlines come as failures of the exchange.
        {
            return ExitCodes.Interrupted;
        }
        catch (HttpRequestException failure)
        {
            await error.WriteLineAsync(failure.Message);
            return ExitCodes.Unavailable;
        }
        catch (Exception failure)
            when (failure
                    is ValidationException
                        or CryptographicException
                        or IOException
                        or InvalidDataException
                        or UnauthorizedAccessException
                        or UsageException
            )
        {
            await error.WriteLineAsync(failure.Message);
            return ExitCodes.Usage;
        }
    }

    /// <summary>Makes the root, with every command below it.</summary>
    internal static RootCommand Root() =>
        new("sigx: talk to a SignalExchange. Identifiers are turned into tokens on this machine and never leave it.")
        {
            KeysCommand.Create(),
            MemberCommand.Create(),
            GroupCommand.Create(),
            PolicyCommand.Create(),
            ApprovalCommand.Create(),
            PersonCommand.Create(),
            DisputeCommand.Create(),
            TokenCommand.Create(),
            SubmitCommand.Create(),
            CheckCommand.Create(),
            WithdrawCommand.Create(),
            GetCommand.Create(),
            ImportCommand.Create(),
            CheckFileCommand.Create(),
            LogCommand.Create(),
            AdCommand.Create(),
            AdminCommand.Create(),
        };
}
