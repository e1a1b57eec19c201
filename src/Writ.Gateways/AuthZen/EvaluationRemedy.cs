using System.Text.Json;

namespace Writ.Gateways.AuthZen;

/// <summary>A safer action that may be asked for instead.</summary>
internal sealed record EvaluationRemedy(string Action, JsonElement Arguments);
