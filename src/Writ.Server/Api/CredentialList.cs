using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The credentials of an agent that are no API keys, newest first.</summary>
internal sealed record CredentialList(ImmutableArray<CredentialView> Credentials);
