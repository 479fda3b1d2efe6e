using SignalExchange.TestKit.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
