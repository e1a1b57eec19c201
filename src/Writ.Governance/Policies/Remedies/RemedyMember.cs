using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Writ.Governance.Policies.Constraints;

namespace Writ.Governance.Policies.Remedies;

/// <summary>One argument of a remedy: its name (dots between levels) and where its value comes from.</summary>
internal abstract record RemedyMember(string Name)
{
    /// <summary>The value, or null where the refused arguments have nothing it could be made of; then there is no remedy.</summary>
    public abstract JsonNode? ValueFrom(JsonElement refused);

    /// <summary>Written out in the policy.</summary>
    public sealed record Literal(string Name, JsonNode Value) : RemedyMember(Name)
    {
        public override JsonNode ValueFrom(JsonElement refused) => Value.DeepClone();
    }

    /// <summary>Taken over from the refused call.</summary>
    public sealed record Taken(string Name, string Path) : RemedyMember(Name)
    {
        public override JsonNode? ValueFrom(JsonElement refused) =>
            ArgumentPath.Find(refused, Path) is { } found ? JsonNode.Parse(found.GetRawText()) : null;
    }

    /// <summary>The first items of a list, which has to have more.</summary>
    public sealed record First(string Name, string Path, int Count) : RemedyMember(Name)
    {
        public override JsonNode? ValueFrom(JsonElement refused) =>
            ArgumentPath.Find(refused, Path) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > Count
                ? new JsonArray([.. list.EnumerateArray().Take(Count).Select(item => JsonNode.Parse(item.GetRawText()))])
                : null;
    }

    /// <summary>Those texts of a list that are among these, of which there has to be one.</summary>
    public sealed record Only(string Name, string Path, ImmutableArray<string> Values) : RemedyMember(Name)
    {
        public override JsonNode? ValueFrom(JsonElement refused)
        {
            if (ArgumentPath.Find(refused, Path) is not { ValueKind: JsonValueKind.Array } list)
                return null;
            var kept = list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String && Values.Contains(item.GetString()!)).ToArray();
            return kept.Length > 0 ? new JsonArray([.. kept.Select(item => (JsonNode?)JsonValue.Create(item.GetString()))]) : null;
        }
    }

    /// <summary>A folder inside the path that was asked for. Another path has no narrower one here, and one that climbs has none at all.</summary>
    public sealed record Under(string Name, string Path, string Folder) : RemedyMember(Name)
    {
        public override JsonNode? ValueFrom(JsonElement refused) =>
            ArgumentPath.Find(refused, Path) is { ValueKind: JsonValueKind.String } asked && Contains(asked.GetString()!, Folder) ? JsonValue.Create(Folder) : null;

        /// <summary>Whether a path is absolute with no segment that is empty, <c>.</c> or <c>..</c>, but for a slash at its end.</summary>
        public static bool IsPlain(string path) =>
            path.StartsWith('/') && !path.Contains('\\') && path.TrimEnd('/').Split('/').Skip(1).All(s => s.Length > 0 && s is not ("." or ".."));

        private static bool Contains(string outer, string inner) =>
            IsPlain(outer) && (inner.TrimEnd('/') + "/").StartsWith(outer.TrimEnd('/') + "/", StringComparison.Ordinal);
    }
}
