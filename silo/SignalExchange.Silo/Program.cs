using SignalExchange.Silo.Archives;
using SignalExchange.Silo.Hosting;

// What an operator can mend is told in lines on the error output, with exit code 3; anything else is a bug and keeps its trace.
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
catch (Exception failure) when (StartFailure.LinesOf(failure) is { Count: > 0 } lines)
{
    foreach (var line in lines)
    {
        await Console.Error.WriteLineAsync(line);
    }

    return 3;
}
