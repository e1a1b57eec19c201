using System.Collections.Immutable;
using System.Text.Json;
using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Governance.Agents;
using Writ.Governance.Cards;

namespace Writ.Server.Api;

/// <summary>
/// An A2A v1.0 card as somebody brought it. Nothing in it is believed, a signature least of all: SDKs disagree on what one covers (T49). Names and words
/// are made inert, members that are not known are passed over as A2A has it, and what is required has to be there.
/// </summary>
internal sealed record ForeignCard(string Name, AgentCard Card, string Digest, ImmutableSortedDictionary<string, string> Claims)
{
    private const int MaxBytes = 256 << 10;

    /// <summary>The card, or null and what is wrong with it, by member.</summary>
    public static ForeignCard? Read(JsonElement json, out string obstacle)
    {
        if (json.ValueKind != JsonValueKind.Object || !Jcs.TryCanonicalize(JsonSerializer.SerializeToUtf8Bytes(json), out var bytes, out _) || bytes.Length > MaxBytes)
            return Wrong($"card: a JSON object of at most {MaxBytes} bytes, in which no name stands twice", out obstacle);
        if (Text(json, "name", AgentLabel.MaxLength) is not { } name)
            return Wrong("card.name: a text", out obstacle);
        if (Text(json, "description", 2_048) is not { } description)
            return Wrong("card.description: a text", out obstacle);
        if (Text(json, "version", AgentOrigin.MaxClaim) is not { } version)
            return Wrong("card.version: a text", out obstacle);
        if (Items(json, "supportedInterfaces", AgentCard.MaxInterfaces) is not { Length: > 0 } interfaces)
            return Wrong($"card.supportedInterfaces: 1 to {AgentCard.MaxInterfaces} objects, as A2A v1.0 has it; cards of earlier versions are not read", out obstacle);
        if (Items(json, "skills", AgentCard.MaxSkills) is not { } skills)
            return Wrong($"card.skills: at most {AgentCard.MaxSkills} objects", out obstacle);

        var read = new AgentCard(description)
        {
            Interfaces = [.. interfaces.Select(one => new AgentInterface(Text(one, "url", 513) ?? "", Text(one, "protocolBinding", 32) ?? "", Text(one, "protocolVersion", 17) ?? ""))],
            Skills = [.. skills.Select(one => new AgentSkill(Text(one, "id", 65) ?? "", Text(one, "name", 128) ?? "", Text(one, "description", 1_024) ?? "")
            {
                Tags = [.. (Strings(one, "tags") ?? []).Select(tag => AgentLabel.Inert(tag) ?? "").Where(tag => tag.Length > 0).Take(16)],
            })],
        };
        if (read.Problem is { } problem)
            return Wrong("card." + problem.Replace("interfaces:", "supportedInterfaces:", StringComparison.Ordinal), out obstacle);
        var claims = new (string Name, string? Value)[]
        {
            ("name", name), ("version", version),
            ("provider", json.TryGetProperty("provider", out var provider) && provider.ValueKind == JsonValueKind.Object ? Text(provider, "organization", AgentOrigin.MaxClaim) : null),
            ("signatures", Items(json, "signatures", 1_000) is { Length: > 0 and var count } ? $"{count}, not verified" : null),
        }.Where(claim => claim.Value is not null).ToImmutableSortedDictionary(claim => claim.Name, claim => claim.Value!, StringComparer.Ordinal);
        obstacle = "";
        return new ForeignCard(name, read, Hash256.Of(bytes).ToHex(), claims);
    }

    private static ForeignCard? Wrong(string what, out string obstacle)
    {
        obstacle = what;
        return null;
    }

    private static string? Text(JsonElement json, string name, int most) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? AgentLabel.Inert(value.GetString(), most) : null;

    private static JsonElement[]? Items(JsonElement json, string name, int most) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. value.EnumerateArray()]
            : null;

    private static IEnumerable<string?>? Strings(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString())
            : null;
}
