using System.Diagnostics;
using System.Globalization;
using SignalExchange.Contracts.Taxonomy;

namespace SignalExchange.Tokens.Tests.Canonical;

/// <summary>One identifier is the same bytes on every machine, however it is set up.</summary>
public sealed class CultureTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    [InlineData("az-Latn-AZ")]
    [InlineData("fa-IR")]
    [InlineData("lt-LT")]
    public void Every_row_gives_what_it_says_under(string culture)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new(culture);

            var wrong =
                from type in IndicatorTypes.OfOneText
                from row in CanonicalVector.Load(type)
                let actual = row.Write(row.Read(type))
                where actual != row.Expected
                select $"{row.Raw}: expected {row.Expected}, got {actual}";

            Assert.Empty(wrong);
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    // Many container images have no ICU and set this; .NET then normalises nothing and maps names by other rules.
    [Fact]
    public async Task Every_row_gives_what_it_says_without_icu()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "SignalExchange.Tokens.Tests"))
        {
            ArgumentList = { "-class", typeof(CanonicalVectorTests).FullName!, "-noLogo" },
            Environment = { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" },
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0 && output.Contains("Failed: 0", StringComparison.Ordinal), output);
        Assert.DoesNotContain("Total: 0", output, StringComparison.Ordinal);
    }
}
