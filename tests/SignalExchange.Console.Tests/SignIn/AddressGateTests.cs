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
        // Olga's own two steps were the first attempts from this address, and may be a minute ago by the time that as many more are hashed.
        var answers = new List<HttpStatusCode>();
        while (answers.Count < 2 * Narrow.Attempts && !answers.Contains(HttpStatusCode.TooManyRequests))
        {
            using var stranger = new ConsolePerson(console.Address, $"nobody-{answers.Count}");
            answers.Add((await stranger.SignIn(code: "000000")).StatusCode);
        }

        Assert.InRange(answers.Count, Narrow.Attempts - 1, Narrow.Attempts + 1);
        Assert.All(answers.SkipLast(1), answer => Assert.Equal(HttpStatusCode.Unauthorized, answer));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.Equal(ErrorReason.SignInLocked, (await console.LastEntry("/console/sign-in")).Reason);
    }

    public sealed class Narrow : ConsoleFixture
    {
        public const int Attempts = 5;

        protected override string[] Settings => ["--Exchange:SignIn:AttemptsPerAddress", $"{Attempts}"];
    }
}
