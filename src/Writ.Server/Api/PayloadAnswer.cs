using System.Text.Json;

namespace Writ.Server.Api;

/// <summary>The sealed payload of a decision.</summary>
/// <param name="State"><c>open</c>, <c>erased</c>, <c>pruned</c> or <c>unreadable</c>.</param>
/// <param name="Words">The same for people.</param>
/// <param name="Commitment">What the record says of it, which stays.</param>
/// <param name="Payload">What the agent wrote; only where it is open.</param>
internal sealed record PayloadAnswer(string State, string Words, string Commitment, JsonElement? Payload = null);
