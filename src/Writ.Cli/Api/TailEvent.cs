using System.Text.Json.Nodes;

namespace Writ.Cli.Api;

/// <summary>A record as it came by a stream.</summary>
/// <param name="Index">Its index in the log, as the server names it.</param>
/// <param name="Record">The record.</param>
internal sealed record TailEvent(string Index, JsonObject Record);
