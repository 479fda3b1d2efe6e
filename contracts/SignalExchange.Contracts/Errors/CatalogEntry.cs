using Grpc.Core;

namespace SignalExchange.Contracts.Errors;

/// <summary>What <see cref="ErrorCatalog"/> knows about one reason.</summary>
/// <param name="Code">The gRPC status code.</param>
/// <param name="Words">What was wrong and what to do.</param>
internal sealed record CatalogEntry(StatusCode Code, string Words);
