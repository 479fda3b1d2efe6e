using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Members;
using ContractKeyService = SignalExchange.Contracts.V1.KeyService;

namespace SignalExchange.Silo.Tests.Security;

/// <summary>Who gets in, what the others are told, and that each refusal is recorded.</summary>
[Collection(SharedMembersExchange.Name)]
public sealed class CredentialTests(ExchangeFixture exchange)
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_with_its_key_gets_in()
    {
        var member = await exchange.AddMember("gets-in");

        await Call(exchange.InvokerFor(member));
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_token() =>
        Assert.Equal(
            (ErrorReason.CredentialsMissing, StatusCode.Unauthenticated),
            await Refusal(() => Call(exchange.InvokerFor(null)))
        );

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task What_is_no_token_is_malformed(string token) =>
        Assert.Equal(
            (ErrorReason.CredentialsMalformed, StatusCode.Unauthenticated),
            await Refusal(() => Call(exchange.InvokerFor(null, () => token)))
        );

    [Fact]
    public async Task A_token_of_any_other_algorithm_is_malformed()
    {
        Assert.Equal(ErrorReason.CredentialsMalformed, await WithHeader("alg", "none"));
        Assert.Equal(ErrorReason.CredentialsMalformed, await WithHeader("alg", "HS256"));
        Assert.Equal(ErrorReason.CredentialsMalformed, await WithHeader("alg", "ES384"));
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("iat")]
    [InlineData("exp")]
    [InlineData("jti")]
    [InlineData("aud")]
    [InlineData("iss")]
    public async Task A_token_without_a_claim_is_malformed(string claim) =>
        Assert.Equal(ErrorReason.CredentialsMalformed, await WithClaims(claims => claims.Remove(claim)));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public async Task A_deeply_nested_token_is_malformed(string open, string close)
    {
        // Too deep for any reader of JSON that has a limit, and far below the longest token.
        var deep = string.Concat(Enumerable.Repeat(open, 300)) + "1" + string.Concat(Enumerable.Repeat(close, 300));
        var header = $"{{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"{exchange.Operator.Thumbprint}\"}}";

        Assert.Equal(ErrorReason.CredentialsMalformed, await WithToken(exchange.Operator.SignText(header, deep)));
        Assert.Equal(ErrorReason.CredentialsMalformed, await WithToken(exchange.Operator.SignText(deep, "{}")));
        Assert.Equal(ErrorReason.CredentialsMalformed, await WithClaims(claims => claims["deep"] = Parse(deep)));
    }

    [Fact]
    public async Task A_huge_token_is_malformed() =>
        Assert.Equal(
            ErrorReason.CredentialsMalformed,
            await WithClaims(claims => claims["padding"] = new string('x', 5000))
        );

    [Fact]
    public async Task A_token_for_another_exchange_is_refused() =>
        Assert.Equal(ErrorReason.CredentialsWrongAudience, await WithClaims(claims => claims["aud"] = "another"));

    [Fact]
    public async Task Times_must_fit()
    {
        Assert.Equal(ErrorReason.CredentialsExpired, await WithTimes(-600, -120));
        Assert.Equal(ErrorReason.CredentialsExpired, await WithTimes(0, 301));
        Assert.Equal(ErrorReason.CredentialsExpired, await WithTimes(120, 180));
        Assert.Equal(ErrorReason.CredentialsExpired, await WithTimes(0, 0));
    }

    [Fact]
    public async Task A_token_that_is_not_good_yet_is_refused_and_one_that_became_good_gets_in()
    {
        Assert.Equal(ErrorReason.CredentialsExpired, await WithClaims(claims => claims["nbf"] = SecondsFromNow(120)));

        var token = exchange.Operator.Sign(Now, (_, claims) => claims["nbf"] = SecondsFromNow(-1));
        await Call(exchange.InvokerFor(null, () => token));
    }

    [Theory]
    [InlineData("\"tomorrow\"")]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("253402300800")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task A_token_whose_beginning_is_no_time_is_malformed(string nbf) =>
        Assert.Equal(ErrorReason.CredentialsMalformed, await WithClaims(claims => claims["nbf"] = Parse(nbf)));

    [Fact]
    public async Task A_token_from_before_the_start_is_refused_but_a_retry_may_pass()
    {
        await using var started = new ExchangeFixture(); // just now: a token lives for five minutes at most
        await started.InitializeAsync();

        Assert.Equal(
            (ErrorReason.CredentialsBeforeStart, StatusCode.Unavailable),
            await started.Refusal(() => Call(started.InvokerFor(null, () => Sign(started.Operator, -200, 60))))
        );
    }

    [Fact]
    public async Task A_role_that_does_not_exist_is_refused()
    {
        var members = new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator));
        var member = await exchange.AddMember("odd-role");

        var reason = await Refusal(() =>
            members
                .AddMemberKeyAsync(
                    new()
                    {
                        MemberId = member.MemberId,
                        PublicKey = Google.Protobuf.ByteString.CopyFrom(member.PublicKey),
                        Role = (KeyRole)99,
                    },
                    cancellationToken: Ct
                )
                .ResponseAsync
        );

        Assert.Equal((ErrorReason.EnumUnknown, StatusCode.InvalidArgument), reason);
    }

    [Fact]
    public async Task A_token_is_used_once()
    {
        var member = await exchange.AddMember("used-once");
        var token = member.Sign(Now);
        var invoker = exchange.InvokerFor(null, () => token);

        await Call(invoker);

        Assert.Equal((ErrorReason.CredentialsReplayed, StatusCode.Unauthenticated), await Refusal(() => Call(invoker)));
    }

    [Fact]
    public async Task A_strangers_key_is_refused()
    {
        using var stranger = new TestMember("stranger");

        Assert.Equal(ErrorReason.CredentialsInvalid, (await Refusal(() => Call(exchange.InvokerFor(stranger)))).Reason);
    }

    [Fact]
    public async Task Nobody_speaks_for_another_member_with_its_own_key()
    {
        var member = await exchange.AddMember("speaks-own");
        await exchange.AddMember("spoken-for");

        var token = member.Sign(Now, (_, claims) => SetMember(claims, "spoken-for"));

        Assert.Equal(ErrorReason.CredentialsInvalid, await WithToken(token));
    }

    [Fact]
    public async Task A_token_under_anothers_key_id_is_refused()
    {
        var member = await exchange.AddMember("own-key");
        var other = await exchange.AddMember("other-key");

        var token = member.Sign(
            Now,
            (header, claims) =>
            {
                header["kid"] = other.Thumbprint;
                SetMember(claims, "other-key");
            }
        );

        Assert.Equal(ErrorReason.CredentialsInvalid, await WithToken(token));
    }

    [Fact]
    public async Task A_changed_token_is_refused()
    {
        var member = await exchange.AddMember("changed-token");
        var parts = member.Sign(Now).Split('.');
        var other = member.Sign(Now).Split('.');

        Assert.Equal(ErrorReason.CredentialsInvalid, await WithToken($"{parts[0]}.{parts[1]}.{other[2]}"));
    }

    [Fact]
    public async Task A_member_may_not_do_an_operators_work()
    {
        var member = await exchange.AddMember("not-operator");
        var client = new MemberService.MemberServiceClient(exchange.InvokerFor(member));

        Assert.Equal(
            (ErrorReason.RoleNotAllowed, StatusCode.PermissionDenied),
            await Refusal(() => client.ListMembersAsync(new ListMembersRequest()).ResponseAsync)
        );
    }

    [Fact]
    public async Task An_operator_may_not_ask_about_indicators()
    {
        var client = new SignalService.SignalServiceClient(exchange.InvokerFor(exchange.Operator));

        Assert.Equal(
            (ErrorReason.RoleNotAllowed, StatusCode.PermissionDenied),
            await Refusal(() => client.CheckAsync(new CheckRequest()).ResponseAsync)
        );
    }

    [Fact]
    public async Task A_suspended_member_is_out_at_once_and_in_again_when_reinstated()
    {
        var member = await exchange.AddMember("suspended-one");
        var invoker = exchange.InvokerFor(member);
        var members = new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator));

        await members.SuspendMemberAsync(new() { MemberId = member.MemberId }, cancellationToken: Ct);
        var refused = await Refusal(() => Call(invoker));
        await members.ReinstateMemberAsync(new() { MemberId = member.MemberId }, cancellationToken: Ct);
        await Call(invoker);

        Assert.Equal((ErrorReason.MemberSuspended, StatusCode.PermissionDenied), refused);
    }

    [Fact]
    public async Task A_revoked_key_is_out_at_once()
    {
        var member = await exchange.AddMember("revoked-key");
        var members = new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator));

        await members.RevokeMemberKeyAsync(
            new() { MemberId = member.MemberId, Thumbprint = member.Thumbprint },
            cancellationToken: Ct
        );

        Assert.Equal(ErrorReason.CredentialsInvalid, (await Refusal(() => Call(exchange.InvokerFor(member)))).Reason);
    }

    [Fact]
    public async Task Whoever_is_refused_with_a_good_signature_is_named_in_the_log()
    {
        using var member = await exchange.AddMember("named-refused");
        var members = new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator));
        var used = member.Sign(Now);
        await Call(exchange.InvokerFor(null, () => used));

        Assert.Equal(Signed(member), await ActorOf(used));
        Assert.Equal(Signed(member), await ActorOf(Sign(member, -600, -120)));
        Assert.Equal(Signed(member), await ActorOf(member.Sign(Now, (_, claims) => claims["aud"] = "another")));
        await members.SuspendMemberAsync(new() { MemberId = member.MemberId }, cancellationToken: Ct);
        Assert.Equal(Signed(member), await ActorOf(member.Sign(Now)));
    }

    [Fact]
    public async Task Whoever_is_refused_for_a_bad_signature_is_who_was_claimed_if_the_registry_knows_it()
    {
        using var member = await exchange.AddMember("claimed-by-all");
        using var stranger = new TestMember("no-such-member");
        var parts = member.Sign(Now).Split('.');
        var other = member.Sign(Now).Split('.');

        Assert.Equal(
            (ActorKind.Unknown, member.MemberId, member.Thumbprint, KeyRole.Unspecified),
            await ActorOf($"{parts[0]}.{parts[1]}.{other[2]}")
        );
        Assert.Equal((ActorKind.Unknown, "", "", KeyRole.Unspecified), await ActorOf(stranger.Sign(Now)));
        Assert.Equal(
            (ActorKind.Unknown, "", "", KeyRole.Unspecified),
            await ActorOf(member.Sign(Now, (_, claims) => SetMember(claims, "no-such-member")))
        );
    }

    [Fact]
    public async Task What_anybody_may_cause_is_kept_no_longer_than_traffic()
    {
        var before = exchange.Log.Size;

        await Refusal(() => exchange.InvokerFor(null).Call("/any.Where/Else", []));

        var entry = (await exchange.Log.ReadAsync(before, 1, Ct).ToListAsync(Ct)).Single();
        Assert.Equal(("/unknown", LogRetention.Traffic), (entry.Detail!.Method, entry.Entry.Retention));
    }

    private static (ActorKind Kind, string MemberId, string Key, KeyRole Role) Signed(TestMember member) =>
        (ActorKind.Unknown, member.MemberId, member.Thumbprint, KeyRole.MemberBackend);

    private async Task<(ActorKind Kind, string MemberId, string Key, KeyRole Role)> ActorOf(string token)
    {
        var before = exchange.Log.Size;
        await Refusal(() => Call(exchange.InvokerFor(null, () => token)));
        var actor = (await exchange.EntriesSince(before))[0].Actor;
        return (actor.Kind, actor.MemberId, actor.KeyThumbprint, actor.Role);
    }

    private static void SetMember(JsonObject claims, string member)
    {
        claims["iss"] = member;
        claims["sub"] = member;
    }

    private static async Task Call(CallInvoker invoker) =>
        await new ContractKeyService.KeyServiceClient(invoker).GetKeyManifestsAsync(new(), cancellationToken: Ct);

    private async Task<ErrorReason> WithToken(string token) =>
        (await Refusal(() => Call(exchange.InvokerFor(null, () => token)))).Reason;

    private Task<ErrorReason> WithHeader(string name, string value) =>
        WithToken(exchange.Operator.Sign(Now, (header, _) => header[name] = value));

    private Task<ErrorReason> WithClaims(Action<JsonObject> change) =>
        WithToken(exchange.Operator.Sign(Now, (_, claims) => change(claims)));

    private Task<ErrorReason> WithTimes(int issued, int expires) => WithToken(Sign(exchange.Operator, issued, expires));

    private static string Sign(TestMember member, int issued, int expires) =>
        member.Sign(
            Now,
            (_, claims) =>
            {
                claims["iat"] = Now.AddSeconds(issued).ToUnixTimeSeconds();
                claims["exp"] = Now.AddSeconds(expires).ToUnixTimeSeconds();
            }
        );

    private static long SecondsFromNow(int seconds) => Now.AddSeconds(seconds).ToUnixTimeSeconds();

    private static JsonNode? Parse(string json) =>
        JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 1_000 });

    private Task<(ErrorReason Reason, StatusCode Code)> Refusal(Func<Task> call) => exchange.Refusal(call);
}
