using System.Text.Json;

namespace Writ.Gateways.AuthZen;

/// <summary>A subject or resource of a search: the one that is searched for has no id, or one that is not looked at.</summary>
internal sealed record SearchEntity(string Type, string? Id = null, JsonElement? Properties = null);
