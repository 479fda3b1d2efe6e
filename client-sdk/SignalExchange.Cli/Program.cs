using SignalExchange.Cli;

return await SigxApp.Run(args, Console.Out, Console.Error, CancellationToken.None);
