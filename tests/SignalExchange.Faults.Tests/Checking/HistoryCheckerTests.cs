using CsCheck;
using SignalExchange.Contracts;
using SignalExchange.Faults.Tests.Histories;
using SignalExchange.Faults.Tests.Rules;

namespace SignalExchange.Faults.Tests.Checking;

/// <summary>The checker passes what a sound exchange does, whatever is asked of it, and finds each kind of violation that is put in.</summary>
public sealed class HistoryCheckerTests
{
    private static readonly Gen<Action<ModelExchange>> Acts = Gen.Select(
            Gen.Int[0, 9],
            Gen.Int[0, 1],
            Gen.Int[0, ModelExchange.Subjects - 1],
            Gen.Int[0, ModelExchange.Silos - 1],
            Gen.Int[0, 30]
        )
        .Select(it => Act(it.Item1, ModelExchange.Members[it.Item2], it.Item3, it.Item4, it.Item5));

    [Fact]
    public void A_sound_exchange_breaks_no_rule() =>
        Acts.List[0, 80].Sample(acts => Assert.Empty(HistoryChecker.Check(Play(acts))));

    [Fact]
    public void A_signal_that_a_silo_lost_is_found() =>
        AssertFound<NothingAcknowledgedIsLost>(
            AfterOneSubmission(),
            history => history with { Reads = [.. history.Reads.SkipLast(1), Without(history.Reads[^1], subject: 0)] }
        );

    [Fact]
    public void A_revision_that_a_silo_lost_is_found() =>
        AssertFound<NothingAcknowledgedIsLost>(
            Play([exchange => exchange.Submit("a", 0, 0), exchange => exchange.Submit("a", 0, 1)]),
            history =>
                history with
                {
                    Reads = [.. history.Reads.Select(read => With(Without(read, 0), 0, SignalOfWrite(history)))],
                }
        );

    [Fact]
    public void A_silo_that_was_not_asked_in_the_end_is_found() =>
        AssertFound<NothingAcknowledgedIsLost>(
            AfterOneSubmission(),
            history => history with { Reads = [.. history.Reads.SkipLast(1)] }
        );

    [Fact]
    public void A_signal_that_stands_twice_in_an_answer_is_found() =>
        AssertFound<NothingStandsTwice>(
            AfterOneSubmission(),
            history => history with { Reads = [.. history.Reads.Select(read => With(read, 0, SignalOf(read, 0)))] }
        );

    [Fact]
    public void Two_signals_of_one_member_on_one_subject_are_found() =>
        AssertFound<NothingStandsTwice>(
            AfterOneSubmission(),
            history =>
                history with
                {
                    Writes = [.. history.Writes, Copy(history.Writes[0]) with { Signal = SignalId.NewId() }],
                }
        );

    [Fact]
    public void One_signal_of_two_members_is_found() =>
        AssertFound<NothingStandsTwice>(
            AfterOneSubmission(),
            history => history with { Writes = [.. history.Writes, Copy(history.Writes[0]) with { Member = "b" }] }
        );

    [Fact]
    public void One_submission_with_two_effects_is_found() =>
        AssertFound<NothingStandsTwice>(
            AfterOneSubmission(),
            history => history with { Writes = [.. history.Writes, history.Writes[0] with { Revision = 2 }] }
        );

    [Fact]
    public void One_revision_of_two_submissions_is_found() =>
        AssertFound<NothingStandsTwice>(
            AfterOneSubmission(),
            history => history with { Writes = [.. history.Writes, Copy(history.Writes[0]) with { Sequence = 2 }] }
        );

    [Fact]
    public void A_refused_submission_that_stands_is_found() =>
        AssertFound<NothingRefusedStands>(
            Play([exchange => exchange.Refuse("a", 0, 0), exchange => exchange.Read(0)]),
            history =>
                history with
                {
                    Reads = [.. history.Reads.Select(read => With(read, 0, new("a", SignalId.NewId(), 1)))],
                }
        );

    [Fact]
    public void A_signal_that_was_known_before_it_was_submitted_is_found() =>
        AssertFound<NothingRefusedStands>(
            Play([exchange => exchange.Read(0), exchange => exchange.Submit("a", 0, 0)]),
            history =>
                history with
                {
                    Reads = [With(history.Reads[0], 0, SignalOf(history.Reads[^1], 0)), .. history.Reads.Skip(1)],
                }
        );

    [Fact]
    public void A_signal_that_is_another_than_the_acknowledged_one_is_found() =>
        AssertFound<NothingRefusedStands>(
            AfterOneSubmission(),
            history =>
                history with
                {
                    Reads = [.. history.Reads.Select(read => With(Without(read, 0), 0, new("a", SignalId.NewId(), 1)))],
                }
        );

    [Fact]
    public void A_withdrawn_signal_that_comes_back_is_found() =>
        AssertFound<WithdrawnStaysWithdrawn>(
            AfterAWithdrawal(),
            history => history with { Reads = [.. history.Reads.Select(read => With(read, 0, SignalOfWrite(history)))] }
        );

    [Fact]
    public void A_withdrawn_signal_in_an_answer_as_of_before_but_long_after_is_found() =>
        AssertFound<WithdrawnStaysWithdrawn>(
            AfterAWithdrawal(exchange => exchange.Pause(TimeSpan.FromSeconds(3))),
            history =>
                history with
                {
                    Reads =
                    [
                        .. history.Reads.Select(read => As(With(read, 0, SignalOfWrite(history)), shard: 0, at: 1)),
                    ],
                }
        );

    [Fact]
    public void Two_changes_at_one_place_are_found() =>
        AssertFound<PositionsOnlyGrow>(
            Play([exchange => exchange.Submit("a", 0, 0), exchange => exchange.Submit("b", 0, 0)]),
            history => history with { Writes = [history.Writes[0], history.Writes[1] with { Sequence = 1 }] }
        );

    [Fact]
    public void A_change_that_stands_before_one_that_was_acknowledged_before_it_is_found() =>
        AssertFound<PositionsOnlyGrow>(
            Play([exchange => exchange.Submit("a", 0, 0), exchange => exchange.Submit("b", 0, 0)]),
            history =>
                history with
                {
                    Writes = [history.Writes[0] with { Sequence = 2 }, history.Writes[1] with { Sequence = 1 }],
                }
        );

    [Fact]
    public void A_silo_that_states_an_earlier_position_than_before_is_found() =>
        AssertFound<PositionsOnlyGrow>(
            Play([
                exchange => exchange.Submit("a", 2, 0),
                exchange => exchange.Submit("a", 0, 0),
                exchange => exchange.Read(0),
            ]),
            history =>
                history with
                {
                    Reads = [.. history.Reads.SkipLast(2), As(history.Reads[^2], 0, 1), history.Reads[^1]],
                }
        );

    [Fact]
    public void A_log_with_a_hole_one_with_a_row_twice_and_one_that_is_short_are_found()
    {
        var sound = Play([
            .. Enumerable
                .Range(0, 3)
                .Select<int, Action<ModelExchange>>(subject => it => it.Submit("a", 2 * subject, 0)),
        ]);
        AssertFound<LogsAreDense>(sound, history => WithRows(history, [(1, 1), (3, 3)]));
        AssertFound<LogsAreDense>(sound, history => WithRows(history, [(1, 2), (2, 3)]));
        AssertFound<LogsAreDense>(sound, history => WithRows(history, [(1, 2)]));
    }

    [Fact]
    public void A_write_that_was_acknowledged_beyond_the_end_of_its_log_is_found() =>
        AssertFound<LogsAreDense>(
            AfterOneSubmission(),
            history => history with { Logs = [new(0, 0, []), new(1, 0, [])] }
        );

    [Fact]
    public void A_write_that_was_acknowledged_without_a_place_is_found() =>
        AssertFound<LogsAreDense>(
            AfterOneSubmission(),
            history => history with { Writes = [history.Writes[0] with { Sequence = 0 }] }
        );

    [Fact]
    public void Not_known_as_of_the_position_of_an_acknowledged_signal_is_found() =>
        AssertFound<NothingIsAnsweredStale>(
            Play([exchange => exchange.Submit("a", 0, 0), exchange => exchange.Read(1)]),
            history => history with { Reads = [Without(history.Reads[0], 0), .. history.Reads.Skip(1)] }
        );

    [Fact]
    public void Not_known_long_after_the_acknowledgement_is_found_whatever_position_is_stated()
    {
        var sound = Play([
            exchange => exchange.Submit("a", 0, 0),
            exchange => exchange.Pause(TimeSpan.FromSeconds(3)),
            exchange => exchange.Read(1),
        ]);
        AssertFound<NothingIsAnsweredStale>(
            sound,
            history => history with { Reads = [As(Without(history.Reads[0], 0), 0, 0), .. history.Reads.Skip(1)] }
        );
    }

    [Fact]
    public void A_withdrawal_that_is_refused_for_want_of_an_acknowledged_signal_is_found() =>
        AssertFound<NothingIsAnsweredStale>(
            AfterOneSubmission(),
            history =>
                history with
                {
                    Writes =
                    [
                        .. history.Writes,
                        Copy(history.Writes[0]) with
                        {
                            Kind = WriteKind.Withdrawal,
                            Fate = Fate.Refused,
                        },
                    ],
                }
        );

    [Fact]
    public void A_signal_of_unknown_fate_that_stands_on_one_silo_and_not_on_another_is_found() =>
        AssertFound<SilosAgree>(
            Play([exchange => exchange.Submit("a", 0, 0, isAnswered: false)]),
            history => history with { Reads = [.. history.Reads.SkipLast(1), Without(history.Reads[^1], 0)] }
        );

    [Fact]
    public void A_revision_of_unknown_fate_that_stands_on_one_silo_and_not_on_another_is_found() =>
        AssertFound<SilosAgree>(
            Play([exchange => exchange.Submit("a", 0, 0), exchange => exchange.Submit("a", 0, 1, isAnswered: false)]),
            history =>
                history with
                {
                    Reads =
                    [
                        .. history.Reads.SkipLast(1),
                        With(Without(history.Reads[^1], 0), 0, SignalOfWrite(history)),
                    ],
                }
        );

    [Fact]
    public void An_answer_without_an_entry_in_the_access_log_is_found() =>
        AssertFound<EveryAnswerIsLogged>(
            AfterOneSubmission(),
            history =>
                history with
                {
                    AccessLogs =
                    [
                        history.AccessLogs[0] with
                        {
                            After = history.AccessLogs[0].After - 1,
                        },
                        history.AccessLogs[1],
                    ],
                }
        );

    [Fact]
    public void An_access_log_that_was_not_read_is_found() =>
        AssertFound<EveryAnswerIsLogged>(
            AfterOneSubmission(),
            history => history with { AccessLogs = [history.AccessLogs[0]] }
        );

    [Fact]
    public void What_silos_said_before_their_last_word_need_not_agree()
    {
        var sound = Play([
            exchange => exchange.Read(0, isFinal: true),
            exchange => exchange.Submit("a", 0, 0, isAnswered: false),
        ]);

        Assert.NotEqual(sound.Reads[0].Answers[0].Signals, sound.Reads[^1].Answers[0].Signals);
        Assert.Empty(HistoryChecker.Check(sound));
    }

    [Fact]
    public void Not_known_as_of_an_earlier_position_shortly_after_the_acknowledgement_is_allowed()
    {
        var sound = Play([exchange => exchange.Submit("a", 0, 0), exchange => exchange.Read(1)]);

        Assert.Empty(
            HistoryChecker.Check(sound with { Reads = [As(Without(sound.Reads[0], 0), 0, 0), .. sound.Reads.Skip(1)] })
        );
    }

    private static void AssertFound<TRule>(History sound, Func<History, History> harm)
        where TRule : IHistoryRule
    {
        Assert.Empty(HistoryChecker.Check(sound));

        Assert.Contains(HistoryChecker.Check(harm(sound)), violation => violation.Rule == typeof(TRule).Name);
    }

    private static History Play(IEnumerable<Action<ModelExchange>> acts)
    {
        var exchange = new ModelExchange();
        foreach (var act in acts)
        {
            act(exchange);
        }

        return exchange.Finish();
    }

    private static Action<ModelExchange> Act(int kind, string member, int subject, int silo, int place) =>
        kind switch
        {
            < 3 => exchange => exchange.Submit(member, subject, silo),
            3 => exchange => exchange.Submit(member, subject, silo, isAnswered: false),
            4 => exchange => exchange.Submit(member, subject, silo, takesEffect: false),
            5 => exchange => exchange.Withdraw(member, subject, silo),
            6 => exchange => exchange.Repeat(place, silo),
            7 => exchange => exchange.Refuse(member, subject, silo),
            8 => exchange => exchange.Pause(TimeSpan.FromSeconds(place / 10.0)),
            _ => exchange => exchange.Read(silo),
        };

    private static History AfterOneSubmission() => Play([exchange => exchange.Submit("a", 0, 0)]);

    private static History AfterAWithdrawal(Action<ModelExchange>? then = null) =>
        Play([
            exchange => exchange.Submit("a", 0, 0),
            exchange => exchange.Withdraw("a", 0, 1),
            then ?? (exchange => exchange.Read(0)),
            exchange => exchange.Read(0),
        ]);

    private static Write Copy(Write write) =>
        write with
        {
            Id = SubmissionId.NewId(),
            Time = new(write.Time.Ended + write.Time.Ended, write.Time.Ended + (2 * write.Time.Ended)),
        };

    private static SeenSignal SignalOfWrite(History history) => new("a", history.Writes[0].Signal, 1);

    private static SeenSignal SignalOf(Read read, int subject) =>
        read.Answers.Single(answer => answer.Subject == subject).Signals[0];

    private static Read Without(Read read, int subject) => Change(read, subject, _ => []);

    private static Read With(Read read, int subject, SeenSignal signal) =>
        Change(read, subject, signals => [.. signals, signal]);

    private static Read Change(
        Read read,
        int subject,
        Func<IReadOnlyList<SeenSignal>, IReadOnlyList<SeenSignal>> change
    ) =>
        read with
        {
            Answers =
            [
                .. read.Answers.Select(answer =>
                    answer.Subject == subject ? answer with { Signals = change(answer.Signals) } : answer
                ),
            ],
        };

    private static Read As(Read read, int shard, ulong at) =>
        read with
        {
            AsOf = read.AsOf.ToDictionary(it => it.Key, it => it.Key == shard ? at : it.Value),
        };

    private static History WithRows(History history, (ulong First, ulong Last)[] rows) =>
        history with
        {
            Logs = [history.Logs[0] with { Rows = rows }, history.Logs[1]],
        };
}
