using System.Net;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.Tests.SignIn;

/// <summary>One address makes so many attempts a minute, whatever accounts they are for.</summary>
public sealed class AddressGateTests(AddressGateTests.Narrow console) : IClassFixture<AddressGateTests.Narrow>
{
    [Fact]
    public async Task The_attempt_behind_the_last_allowed_one_is_turned_away_before_anything_is_hashed_and_recorded()
    {
        using var stranger = new ConsolePerson(console.Address, "nobody-at-all");

        // Olga's own two steps were the first attempts from this address.
        for (var attempt = 2; attempt < Narrow.Attempts; attempt++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.SignIn(code: "000000")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await stranger.SignIn(code: "000000")).StatusCode);
        Assert.Equal(ErrorReason.SignInLocked, (await console.LastEntry("/console/sign-in")).Reason);
    }

    public sealed class Narrow : ConsoleFixture
    {
        public const int Attempts = 5;

        protected override string[] Settings => ["--Exchange:SignIn:AttemptsPerAddress", $"{Attempts}"];
    }
}
