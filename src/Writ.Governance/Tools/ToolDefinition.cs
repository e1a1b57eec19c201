using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;

namespace Writ.Governance.Tools;

/// <summary>A tool as its server defines it, whole: every field counts towards the digest, also those that Writ does not know.</summary>
/// <param name="Name">Its name, checked against <see cref="ToolName"/>.</param>
/// <param name="Document">The definition as it came.</param>
/// <param name="Digest">SHA-256 of its RFC 8785 form.</param>
/// <param name="InputSchema">What its arguments must look like.</param>
public sealed record ToolDefinition(string Name, JsonElement Document, Hash256 Digest, JsonElement InputSchema)
{
    /// <summary>The largest definition, in bytes of its canonical form: it has to fit a record.</summary>
    public const int MaxBytes = 48 * 1024;

    /// <summary>How deep a definition nests at most: it stands inside a record.</summary>
    public const int MaxDepth = 48;

    private static readonly JcsLimits Limits = new() { MaxDepth = MaxDepth };

    /// <summary>Reads a definition from <c>tools/list</c>. Never throws.</summary>
    public static ToolDefinitionReading Read(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object)
            return new ToolDefinitionReading.Refused(null, "the definition is not an object");
        if (!document.TryGetProperty("name", out var nameElement) || nameElement.ValueKind != JsonValueKind.String || !ToolName.IsValid(nameElement.GetString()))
            return new ToolDefinitionReading.Refused(null, "the name is missing or not 1 to 128 of A-Z a-z 0-9 _ - . /");
        var name = nameElement.GetString()!;
        if (!document.TryGetProperty("inputSchema", out var schema) || schema.ValueKind != JsonValueKind.Object)
            return new ToolDefinitionReading.Refused(name, "inputSchema is missing or not an object");
        if (!Jcs.TryCanonicalize(document, out var canonical, out var error, Limits))
            return new ToolDefinitionReading.Refused(name, $"the definition has no canonical form: {error.Message}");
        return canonical.Length > MaxBytes
            ? new ToolDefinitionReading.Refused(name, $"the definition has {canonical.Length} bytes; at most {MaxBytes} are accepted")
            : new ToolDefinitionReading.Read(new ToolDefinition(name, document.Clone(), Hash256.Of(canonical), schema.Clone()));
    }
}
