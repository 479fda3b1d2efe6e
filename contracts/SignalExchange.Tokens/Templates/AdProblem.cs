namespace SignalExchange.Tokens.Templates;

/// <summary>Why a text has no sketch. The words stand in <see cref="AdProblems"/>.</summary>
public enum AdProblem
{
    /// <summary>Nothing is wrong; never the problem of a refusal.</summary>
    None = 0,

    /// <summary>The text is longer than <see cref="AdSketch.MaxTextLength"/>.</summary>
    TooLong = 1,

    /// <summary>No letter is left: the text is empty, or emoji, digits and addresses.</summary>
    NoLetters = 2,

    /// <summary>There are fewer than <see cref="AdSketch.MinLetters"/> letters.</summary>
    TooShort = 3,

    /// <summary>There are fewer than <see cref="AdSketch.MinWords"/> words.</summary>
    TooFewWords = 4,

    /// <summary>There are fewer than <see cref="AdSketch.MinShingles"/> different runs of letters.</summary>
    TooRepetitive = 5,
}
