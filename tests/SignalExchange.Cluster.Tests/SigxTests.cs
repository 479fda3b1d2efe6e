namespace SignalExchange.Cluster.Tests;

/// <summary>The command line against an exchange, each in a process of its own.</summary>
public sealed class SigxTests(SigxExchange sigx) : IClassFixture<SigxExchange>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_submits_another_checks_the_first_withdraws()
    {
        var submitted = await sigx.A(
            "submit",
            "--type",
            "phone-e164",
            "+1 202 555 0143",
            "--category",
            "CSE_GROOMING",
            "--group",
            "ring"
        );
        var known = await sigx.B(
            "check",
            "--purpose",
            "TEST",
            "--type",
            "phone-e164",
            "--region",
            "US",
            "(202) 555-0143",
            "(202) 555-0144"
        );
        var withdrawn = await sigx.A("withdraw", "--type", "phone-e164", "+12025550143", "--reason", "FALSE_POSITIVE");
        var gone = await sigx.B("check", "--purpose", "TEST", "--type", "phone-e164", "+12025550143");
        var own = await sigx.A("get", "--purpose", "TEST", "--type", "phone-e164", "+12025550143");

        Assert.Equal("accepted", submitted.Json[0]!["outcome"]!.GetValue<string>());
        Assert.Equal([true, false], known.Json.Select(row => row!["known"]!.GetValue<bool>()));
        Assert.Equal("platform-a", known.Json[0]!["signals"]![0]!["owner"]!.GetValue<string>());
        Assert.Equal(0, withdrawn.ExitCode);
        Assert.False(gone.Json[0]!["known"]!.GetValue<bool>());
        Assert.Equal("Retracted", own.Json[0]!["signals"]![0]!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_refused_says_why_and_exits_with_one()
    {
        var invalid = await sigx.A("check", "--purpose", "TEST", "--type", "phone-e164", "+1 202 555 01");
        var adult = await sigx.A("submit", "--type", "email", "x@mail.example", "--category", "HT_SEX_ADULT");
        var role = await sigx.A("member", "list");

        Assert.Equal((1, true), (invalid.ExitCode, invalid.Error.Contains("PHONE_INVALID", StringComparison.Ordinal)));
        Assert.Equal((1, "COERCION_BASIS_MISSING"), (adult.ExitCode, adult.Json[0]!["reason"]!.GetValue<string>()));
        Assert.Equal((1, true), (role.ExitCode, role.Error.Contains("ROLE_NOT_ALLOWED", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_suspended_member_is_refused_until_it_is_reinstated()
    {
        await sigx.Operator("member", "suspend", "platform-b");
        var refused = await sigx.B("check", "--purpose", "TEST", "--type", "email", "x@mail.example");
        await sigx.Operator("member", "reinstate", "platform-b");
        var again = await sigx.B("check", "--purpose", "TEST", "--type", "email", "x@mail.example");

        Assert.Contains("MEMBER_SUSPENDED", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, again.ExitCode);
    }

    [Fact]
    public async Task An_import_reports_bad_rows_and_run_twice_doubles_nothing()
    {
        var file = sigx.FileNamed("bans.csv");
        await File.WriteAllLinesAsync(
            file,
            [
                "type,identifier,namespace,region",
                "phone-e164,(202) 555-0150,,US",
                "email,one@mail.example,,",
                "phone-e164,not a number,,US",
                "nonsense,x,,",
                "account-handle,@someone,photo.example,",
                "email,\"two@mail.example\",,",
            ],
            Ct
        );

        string[] import = ["import", file, "--category", "CSE_GROOMING"];
        var first = await sigx.A(import);
        var again = await sigx.A(import);
        File.Delete(file + ".sigx");
        var anew = await sigx.A([.. import, "--expires-days", "30"]);
        var checks = await sigx.B("check-file", file, "--purpose", "TEST");

        Assert.Equal((1, 4), (first.ExitCode, first.Json[0]!["accepted"]!.GetValue<int>()));
        Assert.Equal([4, 5], first.Json[0]!["refused"]!.AsArray().Select(row => row!["line"]!.GetValue<int>()));
        Assert.Equal(
            (0, 4),
            (again.Json[0]!["accepted"]!.GetValue<int>(), again.Json[0]!["answered_before"]!.GetValue<int>())
        );
        Assert.Equal(4, anew.Json[0]!["accepted"]!.GetValue<int>());
        Assert.Equal(
            [2, 3, 6, 7],
            checks.Json.Where(row => row!["known"] is not null).Select(row => row!["line"]!.GetValue<int>())
        );
        // Not "555" alone: ids in hexadecimal hold it by chance.
        Assert.DoesNotContain(
            "2025550",
            string.Concat((first.Output + first.Error + checks.Output).Where(char.IsAsciiLetterOrDigit)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_key_is_never_overwritten_and_a_wrong_command_line_exits_with_two()
    {
        Assert.Equal(2, (await sigx.Run("keys", "new", "--out", "operator")).ExitCode);
        Assert.Equal(2, (await sigx.Run("check", "--nonsense")).ExitCode);
        Assert.Equal(
            2,
            (await sigx.A("submit", "--type", "email", "x@mail.example", "--category", "NONSENSE")).ExitCode
        );
    }

    [Fact]
    public async Task Nobody_is_accused_of_anything_that_was_not_said()
    {
        var refused = await sigx.A("submit", "--type", "email", "unsaid@mail.example");
        var known = await sigx.B("check", "--purpose", "TEST", "--type", "email", "unsaid@mail.example");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--category", refused.Error, StringComparison.Ordinal);
        Assert.False(known.Json[0]!["known"]!.GetValue<bool>());
    }
}
