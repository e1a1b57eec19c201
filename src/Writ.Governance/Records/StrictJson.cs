using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Writ.Governance.Records;

/// <summary>
/// The JSON of records, bundles and API bodies: snake_case; a member that is unknown, stands twice, is missing where required, or is null
/// where that is not allowed, is an error. By reflection, not generated: generated readers drop the defaults of init-only members, and
/// some of those defaults are what fails closed. Nothing on a hot path reads or writes with it.
/// </summary>
public static class StrictJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Canonical form sorts the keys, so the member that names the kind stands anywhere.
            AllowOutOfOrderMetadataProperties = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            MaxDepth = 64,
        };
        // Goes before the converters that the types name.
        options.Converters.Add(new ExactWords());
        options.MakeReadOnly();
        return options;
    }
}
