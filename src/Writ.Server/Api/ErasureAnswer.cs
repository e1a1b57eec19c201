namespace Writ.Server.Api;

/// <summary>How an erasure stands.</summary>
internal sealed record ErasureAnswer(ErasureView Erasure);
