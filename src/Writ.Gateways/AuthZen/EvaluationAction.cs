using System.Text.Json;

namespace Writ.Gateways.AuthZen;

/// <summary>An action, AuthZEN 1.0 section 5.3.</summary>
internal sealed record EvaluationAction(string Name, JsonElement? Properties = null);
