using System.Net;
using System.Text.RegularExpressions;
using OtpNet;

namespace SignalExchange.WebConsole.Tests.Hosting;

/// <summary>A person with a browser that only speaks HTTP: follows no redirect, keeps cookies, fills in forms.</summary>
public sealed class ConsolePerson : IDisposable
{
    public const string Password = "correct horse battery staple";

    private readonly CookieContainer _cookies = new();
    private readonly SocketsHttpHandler _handler;

    public ConsolePerson(Uri console, string login)
    {
        Login = login;
        _handler = new() { CookieContainer = _cookies, AllowAutoRedirect = false };
        Http = new(_handler) { BaseAddress = console };
    }

    public string Login { get; }

    public HttpClient Http { get; }

    /// <summary>The authenticator's secret; empty before <see cref="Enrol"/>.</summary>
    public byte[] Secret { get; set; } = [];

    public IEnumerable<Cookie> Cookies => _cookies.GetAllCookies();

    public string SessionCookie =>
        Cookies.SingleOrDefault(it => it.Name.EndsWith("session", StringComparison.Ordinal))?.Value ?? "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Uses a one-time code, as the pages have it: password, authenticator, signed in.</summary>
    public async Task<HttpResponseMessage> Enrol(string code, string other = "")
    {
        await BeginToEnrol(code, other);
        return await Post("/console/sign-in/new", NewCredentials());
    }

    /// <summary>Uses a one-time code, and stops before the password.</summary>
    public async Task BeginToEnrol(string code, string other = "")
    {
        var asked = await Post("/console/sign-in/code", ("login", Login), ("code", code), ("other", other));
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        var page = await Http.GetStringAsync("/console/sign-in/new", Ct);
        Secret = Base32Encoding.ToBytes(
            Regex
                .Match(page, @"class=""secret"">([A-Z2-7 ]+)<")
                .Groups[1]
                .Value.Replace(" ", "", StringComparison.Ordinal)
        );
    }

    /// <summary>What stands in the form that sets the password.</summary>
    public (string Name, string Value)[] NewCredentials() =>
        [("password", Password), ("again", Password), ("code", CodeAt(TimeProvider.System.GetUtcNow()))];

    /// <summary>Signs in; with a code of the next step, since those before were used.</summary>
    public Task<HttpResponseMessage> SignIn(string? password = null, string? code = null, string returnUrl = "") =>
        Post(
            "/console/sign-in",
            ("login", Login),
            ("password", password ?? Password),
            ("code", code ?? NextCode()),
            ("returnUrl", returnUrl)
        );

    public void Add(string cookie, string value) => _cookies.Add(Http.BaseAddress!, new Cookie(cookie, value));

    /// <summary>Signs out; the token is any page's.</summary>
    public async Task SignOut()
    {
        var token = await FormToken("/console/sign-in");
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await Send("/console/sign-out", ("__RequestVerificationToken", token))).StatusCode
        );
    }

    public string NextCode() => CodeAt(TimeProvider.System.GetUtcNow().AddSeconds(30));

    public string CodeAt(DateTimeOffset time) => new Totp(Secret).ComputeTotp(time.UtcDateTime);

    /// <summary>Fills a page's form in and sends it, with the token that the page has.</summary>
    public async Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields) =>
        await Send(path, [.. fields, ("__RequestVerificationToken", await FormToken(path))]);

    /// <summary>Sends a form as another site would: with whatever cookies, and no token.</summary>
    public Task<HttpResponseMessage> Send(string path, params (string Name, string Value)[] fields) =>
        Http.PostAsync(
            path,
            new FormUrlEncodedContent(fields.Select(it => KeyValuePair.Create(it.Name, it.Value))),
            Ct
        );

    /// <summary>The token of the forms on a page.</summary>
    public async Task<string> FormToken(string path)
    {
        var page = await (await Http.GetAsync(path, Ct)).Content.ReadAsStringAsync(Ct);
        return WebUtility.HtmlDecode(
            Regex.Match(page, @"name=""__RequestVerificationToken"" value=""([^""]+)""").Groups[1].Value
        );
    }

    public void Dispose()
    {
        Http.Dispose();
        _handler.Dispose();
    }
}
