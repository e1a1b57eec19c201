using Writ.Governance.Agents;
using Writ.Governance.Credentials;

namespace Writ.Server.OAuth;

/// <summary>A client that proved itself at the token endpoint, and what its token will be bound to.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Credential">The credential that it proved itself by.</param>
/// <param name="KeyThumbprint">The key of its proof, in base64url; null where it sent none.</param>
/// <param name="CertificateThumbprint">The certificate of its connection, in base64url; null where a key is what binds.</param>
internal sealed record TokenClient(Agent Agent, AgentCredential Credential, string? KeyThumbprint, string? CertificateThumbprint);
