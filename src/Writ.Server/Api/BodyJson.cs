using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Writ.Governance.Records;

namespace Writ.Server.Api;

/// <summary>
/// How bodies of the API are read: as <see cref="StrictJson"/> reads, and beyond that no null stands in a list or a map, and a word that
/// stands for one of several things is written as that word, never as a number.
/// </summary>
internal static class BodyJson
{
    /// <summary>Makes the framework's own options read so; it offers no way to replace them.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        var strict = StrictJson.Options;
        options.PropertyNamingPolicy = strict.PropertyNamingPolicy;
        options.PropertyNameCaseInsensitive = strict.PropertyNameCaseInsensitive;
        options.NumberHandling = strict.NumberHandling;
        options.UnmappedMemberHandling = strict.UnmappedMemberHandling;
        options.AllowDuplicateProperties = strict.AllowDuplicateProperties;
        options.AllowOutOfOrderMetadataProperties = strict.AllowOutOfOrderMetadataProperties;
        options.RespectNullableAnnotations = strict.RespectNullableAnnotations;
        options.RespectRequiredConstructorParameters = strict.RespectRequiredConstructorParameters;
        options.MaxDepth = strict.MaxDepth;
        options.Converters.Add(new OneWordConverter());
        options.TypeInfoResolver = strict.TypeInfoResolver!.WithAddedModifier(RefuseNulls);
    }

    private static void RefuseNulls(JsonTypeInfo type)
    {
        if (type.Kind is JsonTypeInfoKind.Enumerable)
            type.OnDeserialized = static list => Refuse(((IEnumerable)list).Cast<object?>());
        else if (type.Kind is JsonTypeInfoKind.Dictionary)
            type.OnDeserialized = static map => Refuse(((IDictionary)map).Values.Cast<object?>());
    }

    private static void Refuse(IEnumerable<object?> values)
    {
        if (values.Any(value => value is null))
            throw new JsonException("null stands where a value is needed");
    }
}
