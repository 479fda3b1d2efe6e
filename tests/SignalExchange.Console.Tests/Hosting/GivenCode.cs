namespace SignalExchange.WebConsole.Tests.Hosting;

/// <summary>A one-time code as it was given: whole, or in two halves by two operators.</summary>
public sealed record GivenCode(string Code, string Other);
