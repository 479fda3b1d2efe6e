namespace SignalExchange.Benchmarks.Soak;

/// <summary>What members do.</summary>
internal enum MixedKind
{
    /// <summary>A check of one token that nobody reported: a registration.</summary>
    CheckOne,

    /// <summary>A check of 100 tokens, one of them known.</summary>
    CheckBatch,

    /// <summary>Reading all that is known of a token.</summary>
    Get,

    /// <summary>Ten signals on new indicators.</summary>
    Submit,

    /// <summary>Taking back the signals of a call that submitted.</summary>
    Withdraw,

    /// <summary>The evaluation of 32 blinded elements.</summary>
    Evaluate,

    /// <summary>A stream of four checks of 100 tokens, one of them known.</summary>
    CheckStream,

    /// <summary>A stream of four calls of ten signals on new indicators.</summary>
    SubmitStream,

    /// <summary>Asking about an ad: every other time one that was registered.</summary>
    MatchAd,

    /// <summary>Registering an ad.</summary>
    RegisterAd,
}
