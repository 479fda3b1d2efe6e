using SignalExchange.Demo;

// Plays the story of three platforms; exits 0 only if every line of it held, 2 if it was told something that it cannot do.
try
{
    var options = DemoOptions.Parse(args);
    var holds = options.Running is { } running
        ? await new Visit(options, running).Play(CancellationToken.None)
        : await new Story(options).Play(CancellationToken.None);
    return holds ? 0 : 1;
}
catch (FormatException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
