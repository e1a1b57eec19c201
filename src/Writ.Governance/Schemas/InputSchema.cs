using System.Text.Json;
using Writ.Governance.Schemas.Compilation;
using Writ.Governance.Schemas.Rules;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas;

/// <summary>
/// The <c>inputSchema</c> of a tool, compiled: a JSON Schema of draft 2020-12 or draft-07. A schema that names no dialect is read as
/// 2020-12 with the forms of draft-07 that 2020-12 has given up (an array as <c>items</c>, <c>additionalItems</c>).
/// Immutable and thread safe; keeps nothing of the document it was compiled from.
/// </summary>
/// <remarks>
/// <para>Schemas come from servers and instances from agents, neither of them trusted. Nothing is ever fetched; every size is bounded by
/// <see cref="InputSchemaLimits"/>; an assertion that is not implemented is refused at compilation, never ignored.</para>
/// <para>Refused though legal: <c>$dynamicRef</c>, <c>$id</c> below the root, <c>$schema</c> of other dialects, an assertion of the one
/// dialect in a schema that names the other, and patterns with back references, Unicode properties other than general
/// categories, or look-around elsewhere than behind a leading <c>^</c>. Annotations, and therefore not enforced: <c>format</c> (2020-12 validation, 7.2.1),
/// <c>contentEncoding</c>, <c>contentMediaType</c>, <c>contentSchema</c>, <c>nullable</c> (of OpenAPI), and every keyword that no
/// JSON Schema vocabulary has.</para>
/// </remarks>
public sealed class InputSchema
{
    private readonly InputSchemaLimits _limits;

    internal InputSchema(Subschema root, InputSchemaLimits limits)
    {
        Root = root;
        _limits = limits;
    }

    internal Subschema Root { get; }

    /// <summary>Compiles a schema within <paramref name="limits"/>, by default <see cref="InputSchemaLimits.Default"/>.</summary>
    public static SchemaCompilation Compile(JsonElement schema, InputSchemaLimits? limits = null) =>
        new SchemaCompiler(limits ?? InputSchemaLimits.Default).Compile(schema);

    /// <summary>
    /// The first violation found, or null when the instance is valid. An instance that names a member twice, holds text that is not
    /// Unicode or exceeds the limits is a violation too: it is never called valid because it could not be looked at.
    /// </summary>
    public SchemaViolation? Validate(JsonElement instance)
    {
        var reader = new DatumReader(_limits.MaxInstanceDepth, _limits.MaxInstanceValues);
        if (reader.Read(instance) is not { } datum)
            return new(reader.Problem!.Pointer, "instance", $"cannot be read: {reader.Problem.Message}");

        var run = new Evaluation(_limits.MaxSteps);
        var failure = Root.Check(datum, run, null);
        if (run.Exhausted)
            return new("", "instance", $"too complex: more than {_limits.MaxSteps} evaluation steps");
        return failure is null ? null : new(JsonPointer.Of(failure.At), failure.Keyword, failure.Message);
    }
}
