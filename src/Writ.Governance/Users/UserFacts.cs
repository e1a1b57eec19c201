using System.Text.Json;
using System.Text.Json.Nodes;

namespace Writ.Governance.Users;

/// <summary>What a verified token said of an end user, as facts that policies may permit on. Nobody else's word makes one. Immutable.</summary>
/// <param name="Role">In the words that the registration of the issuer gave; empty where it says none.</param>
/// <param name="Tier">Likewise.</param>
/// <param name="AuthenticatedAt">When the user proved who they are; null where the issuer does not say.</param>
/// <param name="Assurance">How, in the issuer's words; empty where it does not say.</param>
public sealed record UserFacts(string Role, string Tier, DateTimeOffset? AuthenticatedAt, string Assurance)
{
    /// <summary>For the vault, where it stands beside the user's name.</summary>
    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["assurance"] = Assurance };
        if (AuthenticatedAt is { } at)
            json["authenticated_at"] = at.ToUnixTimeSeconds();
        json["role"] = Role;
        json["tier"] = Tier;
        return json;
    }

    /// <summary>Reads what the vault has of it; null where there is nothing.</summary>
    internal static UserFacts? Read(JsonElement payload) =>
        payload.TryGetProperty("user_facts", out var facts) && facts.ValueKind == JsonValueKind.Object
            ? new UserFacts(
                facts.GetProperty("role").GetString()!, facts.GetProperty("tier").GetString()!,
                facts.TryGetProperty("authenticated_at", out var at) ? DateTimeOffset.FromUnixTimeSeconds(at.GetInt64()) : null, facts.GetProperty("assurance").GetString()!)
            : null;
}
