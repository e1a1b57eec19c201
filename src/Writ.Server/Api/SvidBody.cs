namespace Writ.Server.Api;

/// <summary>An X.509-SVID to be signed: a certificate signing request of a key that is registered for the agent, PEM.</summary>
internal sealed record SvidBody(string Request);
