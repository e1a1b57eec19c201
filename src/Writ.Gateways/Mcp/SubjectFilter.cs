using System.Collections.Immutable;
using System.Text.Json;
using Writ.Gateways.Mcp.Wire;

namespace Writ.Gateways.Mcp;

/// <summary>
/// Leaves of a result what is the user's. An object is the user's when every one of the fields holds the user's id; what lies inside it is
/// too, except for objects that name somebody else. Everything outside such objects is left out, numbers and texts included: a count of
/// other people's things is theirs.
/// </summary>
internal static class SubjectFilter
{
    public static JsonElement Apply(JsonElement value, string user, ImmutableSortedSet<string> fields) =>
        fields.IsEmpty ? value : JsonRpcWriter.Build(static (w, s) => Write(w, s.value, s.user, s.fields, inside: false), (value, user, fields));

    /// <summary>Writes the value without what is not the user's; at the top an empty object or list stands for nothing.</summary>
    private static void Write(Utf8JsonWriter w, JsonElement value, string user, ImmutableSortedSet<string> fields, bool inside)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var own = IsOwn(value, user, fields, inside);
                w.WriteStartObject();
                foreach (var member in value.EnumerateObject().Where(m => own is not false && IsKept(m.Value, user, fields, own is true)))
                {
                    w.WritePropertyName(member.Name);
                    Write(w, member.Value, user, fields, own is true);
                }

                w.WriteEndObject();
                break;
            case JsonValueKind.Array:
                w.WriteStartArray();
                foreach (var item in value.EnumerateArray().Where(i => IsKept(i, user, fields, inside)))
                    Write(w, item, user, fields, inside);
                w.WriteEndArray();
                break;
            default:
                JsonRpcWriter.CopyTo(w, value);
                break;
        }
    }

    /// <summary>Whether something of the user's is in the value; of others not even how many there are is told.</summary>
    private static bool IsKept(JsonElement value, string user, ImmutableSortedSet<string> fields, bool inside) => value.ValueKind switch
    {
        JsonValueKind.Object => IsOwn(value, user, fields, inside) ?? value.EnumerateObject().Any(m => IsKept(m.Value, user, fields, inside: false)),
        JsonValueKind.Array => inside || value.EnumerateArray().Any(i => IsKept(i, user, fields, inside: false)),
        _ => inside,
    };

    /// <summary>True: the user's. False: somebody else's, or of nobody that can be told. Null: names nobody, but may hold what is the user's.</summary>
    private static bool? IsOwn(JsonElement value, string user, ImmutableSortedSet<string> fields, bool inside)
    {
        var named = 0;
        foreach (var field in fields)
        {
            if (!value.TryGetProperty(field, out var holder))
                continue;
            named++;
            if (!Holds(holder, user))
                return false;
        }

        return named == fields.Count || (inside && named == 0) ? true : named == 0 ? null : false;
    }

    private static bool Holds(JsonElement holder, string user) => holder.ValueKind switch
    {
        JsonValueKind.String => holder.ValueEquals(user),
        JsonValueKind.Number => holder.GetRawText() == user,
        _ => false,
    };
}
