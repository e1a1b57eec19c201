namespace Writ.Governance.Credentials;

/// <summary>The request that a credential came with, for what is proved about the request itself.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, encoded, without query.</param>
/// <param name="Origin">The scheme and host that it named, where that is the port it came in by; null where it is not.</param>
/// <param name="Proof">The proof of possession (RFC 9449); null where there is none, or more than one.</param>
public sealed record PresentedRequest(string Method, string Path, string? Origin, string? Proof);
