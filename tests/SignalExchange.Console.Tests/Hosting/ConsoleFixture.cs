using Google.Protobuf;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Silo.People;
using SignalExchange.Silo.Tests;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Members;

namespace SignalExchange.WebConsole.Tests.Hosting;

/// <summary>An exchange with its console, on loopback, and the first operator's account: "olga", who also holds the bootstrap's key.</summary>
public class ConsoleFixture : IAsyncLifetime
{
    private readonly List<ConsolePerson> _people = [];

    public ExchangeFixture Exchange { get; } = new();

    public Uri Address { get; private set; } = null!;

    public ConsolePerson Olga { get; private set; } = null!;

    /// <summary>The second operator's key; null until there is one.</summary>
    public TestMember? Second { get; private set; }

    protected virtual string[] Settings => [];

    public virtual async ValueTask InitializeAsync()
    {
        Assert.Equal(0, await Exchange.Bootstrap());
        await Start();
        Olga = await EnrolFirst("olga");
    }

    public async Task Start()
    {
        await Exchange.Start([
            "--Exchange:ListenConsole",
            "http://127.0.0.1:0",
            "--Exchange:SignIn:AttemptsPerAddress", // all tests come from one address
            "10000",
            .. Settings,
        ]);
        Address = new(
            Exchange
                .Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.Skip(1)
                .First()
        );
    }

    /// <summary>Makes an account as the server's command does, and signs it in.</summary>
    public async Task<ConsolePerson> EnrolFirst(string login)
    {
        var person = NewPerson(login);
        Assert.Equal("/console", (await person.Enrol(await CodeByServer(login))).Headers.Location?.ToString());
        return person;
    }

    public async Task<string> CodeByServer(string login)
    {
        var code = SignInCode.New();
        var registry = Exchange.Services.GetRequiredService<IGrainFactory>().GetGrain<IMemberRegistryGrain>(0);
        var reply = await registry.GiveCodeByServer(login, AccountIds.New(), SignInCode.DigestOf(code));
        Assert.Null(reply.Error);
        await Exchange
            .Services.GetRequiredService<Silo.Members.MemberDirectoryRefresher>()
            .Refresh(reply.Version, default);
        return code;
    }

    /// <summary>Invites somebody by the service, as an operator's program would, and signs them in.</summary>
    public async Task<ConsolePerson> Enrol(
        string login,
        KeyRole role,
        string member = "consortium",
        bool isAskedBySecond = false
    )
    {
        var code = await Invite(login, role, member, isAskedBySecond);
        var person = NewPerson(login);
        Assert.Equal("/console", (await person.Enrol(code.Code, code.Other)).Headers.Location?.ToString());
        return person;
    }

    /// <summary>Invites somebody; from the second operator on one asks and the other one approves, and each has half of the code.</summary>
    public async Task<GivenCode> Invite(
        string login,
        KeyRole role,
        string member = "consortium",
        bool isAskedBySecond = false
    )
    {
        var (asker, approver) = isAskedBySecond ? (Second!, Exchange.Operator) : (Exchange.Operator, Second);
        var people = new PersonService.PersonServiceClient(Exchange.InvokerFor(asker));
        var invited = await people.InvitePersonAsync(
            new()
            {
                Login = login,
                Role = role,
                MemberId = member,
            }
        );
        return new(invited.Code, invited.Pending is { } pending ? (await Approve(pending, approver!)).Code : "");
    }

    /// <summary>Approves an act as it was shown.</summary>
    public async Task<ApproveActResponse> Approve(Approval shown, TestMember approver) =>
        await new ApprovalService.ApprovalServiceClient(Exchange.InvokerFor(approver)).ApproveActAsync(
            Consents.To(shown)
        );

    /// <summary>Ends an account by the service.</summary>
    public async Task Revoke(string login)
    {
        var people = new PersonService.PersonServiceClient(Exchange.InvokerFor(Exchange.Operator));
        var listed = await people.ListPeopleAsync(new() { PageSize = 200 });
        await people.RevokePersonAsync(new() { AccountId = listed.People.Single(it => it.Login == login).AccountId });
    }

    /// <summary>Adds a second operator's key, from which moment on weighty acts wait.</summary>
    public async Task<TestMember> AddOperatorKey()
    {
        var key = new TestMember("consortium");
        await new MemberService.MemberServiceClient(Exchange.InvokerFor(Exchange.Operator)).AddMemberKeyAsync(
            new()
            {
                MemberId = "consortium",
                Role = KeyRole.Operator,
                PublicKey = ByteString.CopyFrom(key.PublicKey),
            }
        );
        Second = key;
        return key;
    }

    /// <summary>The newest entry of the access log that a method, page or event made.</summary>
    public async Task<AccessLogDetail> LastEntry(string method) =>
        await FindLastEntry(method) ?? throw new InvalidOperationException($"There is no entry of {method}.");

    /// <summary>The same; null when there is none.</summary>
    public async Task<AccessLogDetail?> FindLastEntry(string method)
    {
        AccessLogDetail? last = null;
        await foreach (var detail in Entries(method))
        {
            last = detail;
        }

        return last;
    }

    /// <summary>How many entries of the access log a method, page or event made.</summary>
    public ValueTask<int> CountEntries(string method) =>
        Entries(method).CountAsync(TestContext.Current.CancellationToken);

    private IAsyncEnumerable<AccessLogDetail> Entries(string method) =>
        Exchange
            .Services.GetRequiredService<IAccessLogReader>()
            .ReadAsync(0, long.MaxValue, TestContext.Current.CancellationToken)
            .Where(entry => entry.Detail?.Method == method)
            .Select(entry => entry.Detail!);

    public ConsolePerson NewPerson(string login)
    {
        var person = new ConsolePerson(Address, login);
        _people.Add(person);
        return person;
    }

    public virtual async ValueTask DisposeAsync()
    {
        _people.ForEach(person => person.Dispose());
        Second?.Dispose();
        await Exchange.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
