using Writ.Cedar.Entities;
using Writ.Cedar.Schemas;

namespace Writ.Cedar.Validation;

/// <summary>What was probably meant by a name that the schema does not know.</summary>
internal static class Names
{
    public static string SuggestType(Schema schema, EntityTypeName type, Suggestions suggestions) => suggestions.For("type " + type, () =>
    {
        // The commonest fault is a namespace that was left out.
        var suffix = "::" + type.Value;
        var qualified = schema.EntityTypes.Keys.FirstOrDefault(known => known.Value.EndsWith(suffix, StringComparison.Ordinal));
        return qualified is not null ? $": did you mean `{qualified}`?" : Suggestion.For(type.Value, schema.EntityTypes.Keys.Select(known => known.Value));
    });

    public static string SuggestAction(Schema schema, EntityUid uid, Suggestions suggestions) => suggestions.For("action " + uid, () =>
    {
        var same = schema.Actions.Keys.FirstOrDefault(known => known.Id == uid.Id);
        return same is not null ? $": did you mean `{same}`?" : Suggestion.For(uid.ToString(), schema.Actions.Keys.Select(known => known.ToString()));
    });

    public static string SuggestId(SchemaEntityType type, EntityUid uid, Suggestions suggestions) => suggestions.For("id " + uid, () => Suggestion.For(uid.Id, type.EnumIds));
}
