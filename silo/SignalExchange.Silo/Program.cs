using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;
using SignalExchange.Silo.Archives;
using SignalExchange.Silo.Hosting;
using SignalExchange.Storage;

// What an operator can mend is one line on the error output and exit code 3; anything else is a bug and keeps its trace.
try
{
    if (args is ["bootstrap", .. var rest])
    {
        return await BootstrapCommand.Run(rest);
    }

    if (args is ["sign-in-code", .. var settings])
    {
        return await SignInCodeCommand.Run(settings);
    }

    Func<string[], Task<int>>? copy = args switch
    {
        ["backup", ..] => ArchiveCommands.Backup,
        ["restore", ..] => ArchiveCommands.Restore,
        ["migrate", ..] => ArchiveCommands.Migrate,
        _ => null,
    };
    if (copy is not null)
    {
        return await copy(args[1..]);
    }

    await ServeCommand.Run(args);
    return 0;
}
catch (Exception failure)
    when (failure
            is StorageInUseException
                or StorageFormatException
                or StorageUnavailableException
                or OptionsValidationException
                or AccessLogDamagedException
                or CryptographicException
                or IOException
    )
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 3;
}
