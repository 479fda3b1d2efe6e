using SignalExchange.Demo;

// Plays the story of three platforms; exits 0 only if every line of it held.
var options = DemoOptions.Parse(args);
return await new Story(options).Play(CancellationToken.None) ? 0 : 1;
