using System.Text.Json;

namespace Writ.Server.Api;

/// <summary>Another trust domain whose ids are to be believed, by the bundle that it publishes: a SPIFFE bundle, or a JWK set for tokens alone.</summary>
internal sealed record TrustDomainBody(string Domain, JsonElement Bundle);
