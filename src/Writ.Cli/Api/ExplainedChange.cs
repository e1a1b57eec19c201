using System.Text.Json;

namespace Writ.Cli.Api;

/// <summary>A changed argument with which the outcome would be another.</summary>
internal sealed record ExplainedChange(string Argument, JsonElement? Now, JsonElement? Then, string Outcome);
