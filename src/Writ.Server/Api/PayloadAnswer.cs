using System.Text.Json;
using Writ.Crypto.Vault;

namespace Writ.Server.Api;

/// <summary>What an agent wrote and Writ sealed.</summary>
/// <param name="State"><c>open</c>, <c>erased</c>, <c>pruned</c> or <c>unreadable</c>.</param>
/// <param name="Words">The same for people.</param>
/// <param name="Commitment">What the record says of it, which stays.</param>
/// <param name="Payload">What the agent wrote; only where it is open.</param>
internal sealed record PayloadAnswer(string State, string Words, string Commitment, JsonElement? Payload = null)
{
    /// <summary>What became of a sealed payload; null where it is not there any more.</summary>
    public static PayloadAnswer Of(OpenResult? payload, string commitment) => payload switch
    {
        OpenResult.Opened opened => new("open", "as it was sealed", commitment, JsonElement.Parse(opened.Payload.Span)),
        OpenResult.Erased => new("erased", "payload erased, commitment present", commitment),
        null => new("pruned", "payload past its retention, commitment present", commitment),
        _ => new("unreadable", "the vault has no key for it, or it was changed; commitment present", commitment),
    };
}
