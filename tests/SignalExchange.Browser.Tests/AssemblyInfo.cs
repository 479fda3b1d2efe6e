[assembly: AssemblyFixture(typeof(SignalExchange.WebConsole.BrowserTests.BrowserFixture))]
