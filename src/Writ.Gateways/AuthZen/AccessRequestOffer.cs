namespace Writ.Gateways.AuthZen;

/// <summary>The request that holds an action, and where its enforcement point can follow it.</summary>
internal sealed record AccessRequestOffer(string Id, string Endpoint, DateTimeOffset ExpiresAt);
