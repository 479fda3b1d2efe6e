namespace SignalExchange.KeyService.Keys;

/// <summary>Where a key is in its life.</summary>
internal enum KeyStanding
{
    /// <summary>Its epoch has not begun; it is not in use.</summary>
    Announced,

    /// <summary>For submissions and checks.</summary>
    Active,

    /// <summary>For checks, until those who cached its tokens have changed over.</summary>
    Retiring,

    /// <summary>For nothing.</summary>
    Retired,
}
