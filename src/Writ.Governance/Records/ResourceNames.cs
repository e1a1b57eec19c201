using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Tools;

namespace Writ.Governance.Records;

/// <summary>
/// What records call the things that a call is about: <c>order/5c1f…</c>, the kind in clear and for the id a keyed hash, so that a record
/// tells it to nobody, and whoever knows it can ask where it occurs. Thread safe.
/// </summary>
/// <param name="key">From the configuration folder: 32 bytes.</param>
public sealed class ResourceNames(byte[] key)
{
    /// <summary>The most resources of one record.</summary>
    public const int MostOfARecord = 16;

    /// <summary>The longest id that is one, in characters.</summary>
    public const int MaxIdLength = 256;

    private const int HashBytes = 16;

    /// <summary>What a resource is called in an organization's records. Null when that is not <c>kind/id</c>.</summary>
    /// <param name="organization">Whose.</param>
    /// <param name="resource">Its kind and id, such as <c>order/O-4711</c>.</param>
    public string? Of(OrganizationId organization, string resource) =>
        resource.Split('/', 2) is [var kind, { Length: > 0 and <= MaxIdLength } id] && Slug.IsValid(kind) ? Of(organization, kind, id) : null;

    /// <summary>The resources of a call by what people confirmed about its tool, in their order, at most <see cref="MostOfARecord"/>; and how many more there were.</summary>
    internal ImmutableArray<string> Of(OrganizationId organization, ToolClassification? classification, JsonElement arguments, out int omitted)
    {
        omitted = 0;
        if (classification is not { Resources.IsEmpty: false })
            return [];
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (kind, path) in classification.Resources)
        {
            if (ArgumentPath.Find(arguments, path) is not { } value)
                continue;
            foreach (var id in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(Id) : [Id(value)])
            {
                if (id is null || found.Count == MostOfARecord)
                    omitted++;
                else
                    found.Add(Of(organization, kind, id));
            }
        }

        return [.. found];
    }

    private static string? Id(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString() is { Length: > 0 and <= MaxIdLength } text => text,
        JsonValueKind.Number when value.GetRawText() is { Length: <= MaxIdLength } digits => digits,
        _ => null,
    };

    private string Of(OrganizationId organization, string kind, string id)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{organization}\n{kind}\n{id}"), hash);
        return $"{kind}/{Convert.ToHexStringLower(hash[..HashBytes])}";
    }
}
