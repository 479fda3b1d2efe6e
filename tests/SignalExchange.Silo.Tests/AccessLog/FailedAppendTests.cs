using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>A log whose storage takes no entry: nobody is answered, by whichever way of calling, and everybody again once it does.</summary>
public sealed class FailedAppendTests : IAsyncLifetime
{
    private readonly ScriptedLogExchange _scripted = new();
    private readonly ExchangeFixture _exchange;

    public FailedAppendTests() => _exchange = _scripted.Exchange;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _scripted.InitializeAsync();

    public ValueTask DisposeAsync() => _scripted.DisposeAsync();

    [Fact]
    public async Task A_check_that_is_not_recorded_is_not_answered()
    {
        var reporter = await Reporter.Join(_exchange, "checks-on");
        var request = await reporter.CheckRequestOf([await reporter.TokenOf((await reporter.NewElements(1))[0])]);
        _scripted.Break();

        await IsRefused(() => reporter.Signals.CheckAsync(request, cancellationToken: Ct).ResponseAsync);
        _scripted.Mend();

        await Answers(() => reporter.Signals.CheckAsync(request, cancellationToken: Ct).ResponseAsync);
    }

    [Fact]
    public async Task A_submission_that_is_not_recorded_is_not_acknowledged_and_its_retry_doubles_nothing()
    {
        var reporter = await Reporter.Join(_exchange, "submits-on");
        var request = new SubmitRequest
        {
            KeyId = (await reporter.Key()).KeyId,
            Submissions = { Reporter.SubmissionOf((await reporter.NewElements(1))[0]) },
        };
        _scripted.Break();

        await IsRefused(() => reporter.Signals.SubmitAsync(request, cancellationToken: Ct).ResponseAsync);
        _scripted.Mend();

        var again = await Answers(() => reporter.Signals.SubmitAsync(request, cancellationToken: Ct).ResponseAsync);
        Assert.Equal((true, 1u), (again.Results[0].Accepted.AlreadyKnown, again.Results[0].Accepted.Revision));
    }

    [Fact]
    public async Task A_batch_of_a_stream_that_is_not_recorded_ends_it_without_an_answer()
    {
        var reporter = await Reporter.Join(_exchange, "streams-on");
        var batch = await reporter.CheckRequestOf([await reporter.TokenOf((await reporter.NewElements(1))[0])]);
        using var stream = reporter.Signals.CheckStream(cancellationToken: Ct);
        await stream.RequestStream.WriteAsync(new() { BatchNumber = 1, Batch = batch }, Ct);
        Assert.True(await stream.ResponseStream.MoveNext(Ct));
        _scripted.Break();

        await stream.RequestStream.WriteAsync(new() { BatchNumber = 2, Batch = batch }, Ct);

        await IsRefused(() => stream.ResponseStream.MoveNext(Ct));
    }

    [Fact]
    public async Task An_export_that_is_not_recorded_gives_out_nothing()
    {
        using var auditor = new TestMember("consortium");
        await new MemberService.MemberServiceClient(_exchange.InvokerFor(_exchange.Operator)).AddMemberKeyAsync(
            new()
            {
                MemberId = auditor.MemberId,
                PublicKey = Google.Protobuf.ByteString.CopyFrom(auditor.PublicKey),
                Role = KeyRole.Auditor,
            },
            cancellationToken: Ct
        );
        await _exchange.Services.GetRequiredService<ISearchFollower>().WaitForAsync(_exchange.Log.Size - 1, Ct);
        var request = new ExportEntriesRequest
        {
            Filter = new() { MemberId = "consortium" },
            FileFormat = ExportFormat.JsonLines,
            CaseId = Google.Protobuf.ByteString.CopyFrom(new byte[16]),
        };
        _scripted.Break();
        using var export = new AuditService.AuditServiceClient(_exchange.InvokerFor(auditor)).ExportEntries(
            request,
            cancellationToken: Ct
        );

        await IsRefused(() => export.ResponseStream.MoveNext(Ct));
    }

    private static async Task IsRefused(Func<Task> call)
    {
        var (reason, code, _) = await RpcErrors.Of(call);
        Assert.Equal((ErrorReason.LogUnavailable, StatusCode.Unavailable), (reason, code));
    }

    // The log tries its storage again by itself, a moment later.
    private static async Task<T> Answers<T>(Func<Task<T>> call)
        where T : class
    {
        T? answer = null;
        await ExchangeFixture.Until(
            async () =>
            {
                try
                {
                    answer = await call();
                    return true;
                }
                catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable)
                {
                    return false;
                }
            },
            "the log takes entries again"
        );
        return answer!;
    }
}
