namespace SignalExchange.Grains.Rotation;

/// <summary>Where what is said on an indicator stands.</summary>
public enum SurveyPlace
{
    /// <summary>Under this name.</summary>
    Here,

    /// <summary>Under the next key's, since somebody submitted something meanwhile.</summary>
    MovedBySubmission,

    /// <summary>Under the next key's, covered by the rotation's own proof.</summary>
    MovedByRotation,
}
