using SignalExchange.Contracts.V1;

namespace SignalExchange.WebConsole.Elements;

/// <summary>How the contract's states are to be taken.</summary>
internal static class Tones
{
    public static Tone Of(MemberState state) =>
        state switch
        {
            MemberState.Active => Tone.Good,
            MemberState.Suspended => Tone.Bad,
            MemberState.Invited or MemberState.Test => Tone.Warning,
            _ => Tone.Plain,
        };

    public static Tone Of(ApprovalState state) =>
        state switch
        {
            ApprovalState.Pending => Tone.Warning,
            ApprovalState.Approved => Tone.Good,
            ApprovalState.Refused => Tone.Bad,
            _ => Tone.Plain,
        };

    public static Tone Of(PersonState state) =>
        state switch
        {
            PersonState.Active => Tone.Good,
            PersonState.Invited => Tone.Warning,
            _ => Tone.Plain,
        };

    public static Tone Of(AlarmState state) => state == AlarmState.Open ? Tone.Bad : Tone.Plain;

    public static Tone Of(SignalState state) =>
        state switch
        {
            SignalState.Active => Tone.Good,
            SignalState.Quarantined => Tone.Bad,
            _ => Tone.Plain,
        };

    public static Tone Of(DisputeState state) =>
        state switch
        {
            DisputeState.Open => Tone.Bad,
            DisputeState.Upheld => Tone.Warning,
            DisputeState.SignalWithdrawn => Tone.Good,
            _ => Tone.Plain,
        };

    public static Tone Of(ReviewDisposition disposition) =>
        disposition switch
        {
            ReviewDisposition.Violation => Tone.Bad,
            ReviewDisposition.ClarificationAsked or ReviewDisposition.Mistake => Tone.Warning,
            ReviewDisposition.Justified => Tone.Good,
            _ => Tone.Plain,
        };

    public static Tone Of(EntryDetailState state) =>
        state switch
        {
            EntryDetailState.Damaged => Tone.Bad,
            _ => Tone.Plain,
        };
}
