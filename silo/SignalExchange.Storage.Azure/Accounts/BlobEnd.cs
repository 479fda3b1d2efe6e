using Azure;

namespace SignalExchange.Storage.Azure.Accounts;

/// <summary>Where a blob ends, as it was read or written.</summary>
/// <param name="Length">Its bytes.</param>
/// <param name="ETag">Changes with every append, and is another one when the blob is deleted and made anew.</param>
internal readonly record struct BlobEnd(long Length, ETag ETag);
