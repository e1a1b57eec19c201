using System.Text.Json;
using Writ.Governance.Schemas;

namespace Writ.Governance.Tests.Schemas;

/// <summary>Schemas and instances as tests write them: JSON text, single quotes allowed for double ones.</summary>
internal static class SchemaText
{
    public static JsonElement Json(string text) =>
        JsonDocument.Parse(text.Replace('\'', '"'), new JsonDocumentOptions { MaxDepth = 1_000 }).RootElement;

    public static InputSchema Compiled(string schema, InputSchemaLimits? limits = null) =>
        InputSchema.Compile(Json(schema), limits) switch
        {
            SchemaCompilation.Compiled compiled => compiled.Schema,
            SchemaCompilation.Refused refused => throw new InvalidOperationException(refused.ToString()),
            _ => throw new InvalidOperationException(),
        };

    public static SchemaCompilation.Refused Refused(string schema, InputSchemaLimits? limits = null) =>
        Assert.IsType<SchemaCompilation.Refused>(InputSchema.Compile(Json(schema), limits));

    public static SchemaViolation? Violation(string schema, string instance) => Compiled(schema).Validate(Json(instance));
}
