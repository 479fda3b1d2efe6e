using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests.Anomalies;

/// <summary>Alarms survive what happens to the process, are listed once, and are closed by what the log says.</summary>
public sealed class AlarmBookTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restart_in_the_middle_of_a_burst_neither_doubles_nor_loses_an_alarm()
    {
        using var audit = new AuditUnderTest();
        for (var i = 0; i < 300; i++)
        {
            audit.Log.Add(TestDetails.Noon.AddMilliseconds(i), TestDetails.Check(change: it => it.StatusCode = 7));
            if (i % 60 == 59)
            {
                await audit.RestartAsync();
            }
        }

        var alarm = Assert.Single(await audit.FindAlarmsAsync());
        Assert.Equal(AnomalyRule.Refusals, alarm.Rule);
        Assert.Equal(99UL, alarm.LastIndex);
        Assert.Equal(0UL, alarm.FirstIndex);
        Assert.Equal(100, alarm.Indexes.Count);
    }

    [Fact]
    public async Task Restarts_make_no_difference_to_any_alarm()
    {
        using var steady = new AuditUnderTest();
        using var restarted = new AuditUnderTest(
            steady.Log,
            it => it.Configure<SearchOptions>(o => o.MaxBatchEntries = 7)
        );
        for (var i = 0; i < 400; i++)
        {
            steady.Log.Add(
                TestDetails.Noon.AddHours(i * 3),
                i % 3 == 0
                    ? TestDetails.By(KeyRole.Operator, AuditMethods.GetEntry)
                    : TestDetails.Check($"member-{i % 5}", (uint)(i * i), 0)
            );
            if (i % 100 == 50)
            {
                await restarted.RestartAsync();
            }
        }

        await steady.CatchUpAsync();
        await restarted.CatchUpAsync();

        var alarms = await steady.FindAlarmsAsync();
        Assert.True(alarms.Count > 10);
        Assert.Equal(alarms, await restarted.FindAlarmsAsync());
    }

    [Fact]
    public async Task After_an_alarm_there_is_silence_for_a_window_and_then_another_one()
    {
        using var audit = new AuditUnderTest();
        foreach (var hours in new[] { 0, 0.5, 0.99, 1 })
        {
            audit.Log.Add(TestDetails.Noon.AddHours(hours), TestDetails.By(KeyRole.Auditor, AuditMethods.GetEntry));
        }

        await audit.CatchUpAsync();

        Assert.Equal([3UL, 0UL], (await audit.FindAlarmsAsync()).Select(it => it.LastIndex));
    }

    [Fact]
    public async Task An_alarm_is_closed_by_its_entry_in_the_log()
    {
        using var audit = await WithAlarmAsync();
        var id = (await audit.FindAlarmsAsync())[0].AlarmId;
        var request = new AcknowledgeAlarmRequest { AlarmId = id, Disposition = ReviewDisposition.Violation };

        var act = await audit.Alarms.PrepareAsync(request, Cancelled);
        Assert.Equal(AlarmState.Open, (await audit.FindAlarmsAsync())[0].State);
        var index = audit.Log.Add(TestDetails.Noon, TestDetails.Act(AuditMethods.AcknowledgeAlarm, act.Value!));
        await audit.CatchUpAsync();

        var alarm = Assert.Single(await audit.FindAlarmsAsync(new() { State = AlarmState.Acknowledged }));
        Assert.Equal(ReviewDisposition.Violation, alarm.Disposition);
        Assert.Equal((ulong)index, alarm.AcknowledgedByIndex);
        Assert.Empty(await audit.FindAlarmsAsync(new() { State = AlarmState.Open }));
    }

    [Fact]
    public async Task A_refused_acknowledgement_closes_nothing()
    {
        using var audit = await WithAlarmAsync();
        var request = new AcknowledgeAlarmRequest
        {
            AlarmId = (await audit.FindAlarmsAsync())[0].AlarmId,
            Disposition = ReviewDisposition.Mistake,
        };
        var act = await audit.Alarms.PrepareAsync(request, Cancelled);
        var detail = TestDetails.Act(AuditMethods.AcknowledgeAlarm, act.Value!);
        detail.StatusCode = 14;
        audit.Log.Add(TestDetails.Noon, detail);
        await audit.CatchUpAsync();

        Assert.Equal(AlarmState.Open, (await audit.FindAlarmsAsync())[0].State);
    }

    [Fact]
    public async Task An_alarm_that_is_not_there_can_not_be_closed()
    {
        using var audit = await WithAlarmAsync();
        var request = new AcknowledgeAlarmRequest
        {
            AlarmId = ByteString.CopyFrom(new byte[16]),
            Disposition = ReviewDisposition.Mistake,
        };

        Assert.Equal(
            new(ErrorReason.AlarmNotFound, "alarm_id"),
            (await audit.Alarms.PrepareAsync(request, Cancelled)).Refusal
        );
    }

    [Fact]
    public async Task Alarms_are_listed_by_rule_member_and_page()
    {
        using var audit = new AuditUnderTest();
        for (var i = 0; i < 5; i++)
        {
            audit.Log.Add(
                TestDetails.Noon,
                TestDetails.Check($"member-{i}", change: it => it.Purpose = CheckPurpose.Unspecified)
            );
        }

        await audit.CatchUpAsync();
        var first = (await audit.Alarms.ListAsync(new() { PageSize = 3 }, Cancelled)).Value!;
        var second = (
            await audit.Alarms.ListAsync(new() { PageSize = 3, PageToken = first.NextPageToken }, Cancelled)
        ).Value!;

        Assert.Equal(
            ["member-4", "member-3", "member-2", "member-1", "member-0"],
            first.Alarms.Concat(second.Alarms).Select(it => it.MemberId)
        );
        Assert.Empty(second.NextPageToken);
        Assert.Single(await audit.FindAlarmsAsync(new() { MemberId = "member-3", Rule = AnomalyRule.Purpose }));
        Assert.Empty(await audit.FindAlarmsAsync(new() { Rule = AnomalyRule.Volume }));
    }

    private static async Task<AuditUnderTest> WithAlarmAsync()
    {
        var audit = new AuditUnderTest();
        audit.Log.Add(TestDetails.Noon, TestDetails.Check(change: it => it.Purpose = CheckPurpose.Unspecified));
        return await audit.CatchUpAsync();
    }
}
