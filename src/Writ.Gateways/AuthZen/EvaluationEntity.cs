using System.Text.Json;

namespace Writ.Gateways.AuthZen;

/// <summary>A subject or resource, AuthZEN 1.0 sections 5.1 and 5.2.</summary>
internal sealed record EvaluationEntity(string Type, string Id, JsonElement? Properties = null);
