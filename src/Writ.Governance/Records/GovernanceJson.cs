using System.Text.Json;
using System.Text.Json.Serialization;
using Writ.Governance.Controls;

namespace Writ.Governance.Records;

/// <summary>The JSON shape of control records: snake_case, no unknown members, no duplicate members.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ControlRecord))]
public sealed partial class GovernanceJson : JsonSerializerContext;
