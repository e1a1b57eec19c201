using System.Text.Json;

namespace Writ.Server.Api;

/// <summary>What an enforcement point saw happen.</summary>
internal sealed record EffectBody
{
    public required string Status { get; init; }

    /// <summary>The result, sealed in the vault.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>A short word for what went wrong: letters, digits, underscore and hyphen.</summary>
    public string? Error { get; init; }
}
