namespace SignalExchange.Silo.SignIn;

/// <summary>What a person carries from the one-time code to the new password: in a protected cookie, for a quarter of an hour.</summary>
/// <param name="AccountId">Whose account.</param>
/// <param name="Login">Its name.</param>
/// <param name="CodeDigest">The digest of the code; it is used up with the last step, not before.</param>
/// <param name="Secret">The new authenticator's secret.</param>
internal sealed record EnrolmentTicket(string AccountId, string Login, byte[] CodeDigest, byte[] Secret);
