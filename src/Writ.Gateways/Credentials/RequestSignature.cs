using Writ.Governance.Credentials;

namespace Writ.Gateways.Credentials;

/// <summary>What became of a request's signature. One for each request that bears one for Writ, set before anything reads the request.</summary>
public sealed class RequestSignature(SignatureVerdict verdict)
{
    /// <summary>What became of it.</summary>
    public SignatureVerdict Verdict => verdict;

    /// <summary>Whether the content was read to its end and is not the one that was signed. Then nobody acts on it, whoever caught that.</summary>
    public bool IsContentRefused { get; set; }
}
