using SignalExchange.Reference;

// dotnet run --project client-sdk/SignalExchange.Reference -- .
if (args is not [var root])
{
    await Console.Error.WriteLineAsync("Usage: SignalExchange.Reference CHECKOUT");
    return 2;
}

Pages.Write(root);
return 0;
