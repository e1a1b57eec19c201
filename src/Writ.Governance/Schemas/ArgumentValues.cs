using System.Text.Json;
using Writ.Cedar.Values;
using Writ.Governance.Schemas.Arguments;

namespace Writ.Governance.Schemas;

/// <summary>
/// Makes Cedar values of the arguments of a tool call, for <c>context.args</c>. Arguments are data of the agent: whatever they contain, they
/// become Booleans, integers, decimals, strings, sets and records, never entities and never extension values by name. Thread safe.
/// </summary>
/// <remarks>
/// <para>A place that the schema types as <c>number</c> holds decimals, also where the agent writes a whole number, and one that it types as
/// <c>integer</c> holds longs. The schema speaks of a place through <c>type</c>, directly or by <c>$ref</c> and <c>allOf</c>, below
/// <c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c>, <c>prefixItems</c> and <c>items</c>. Everywhere else the
/// value itself decides, not its spelling: 1, 1.0 and 1e0, which have one canonical form (RFC 8785) and so one digest, are all longs.</para>
/// <para>An array becomes a set and loses order and repetitions.</para>
/// <para>What has no Cedar value becomes a <see cref="PoisonValue"/> in its own place, so that no policy can take it for absent: null, a
/// number with more than four digits behind the point or out of range, text that is not Unicode, a member named twice, an array or object nested
/// deeper than <see cref="MaxDepth"/> or with more than <see cref="MaxElements"/> elements.</para>
/// </remarks>
public static class ArgumentValues
{
    /// <summary>How deep objects and arrays nest, the arguments themselves included: 16.</summary>
    public const int MaxDepth = 16;

    /// <summary>The most elements of one array and members of one object: 10,000.</summary>
    public const int MaxElements = 10_000;

    /// <summary>The most values in all the arguments, 100,000; those behind are poison.</summary>
    public const int MaxValues = 100_000;

    /// <summary>
    /// The arguments as a <see cref="RecordValue"/>, empty where there are none (an undefined element); a <see cref="PoisonValue"/>
    /// where they are not an object or not one that can be represented.
    /// </summary>
    /// <param name="arguments">The <c>arguments</c> of the call.</param>
    /// <param name="schema">The input schema of the tool; null where every value decides for itself.</param>
    public static Value Of(JsonElement arguments, InputSchema? schema) => arguments.ValueKind switch
    {
        JsonValueKind.Undefined => RecordValue.Empty,
        JsonValueKind.Object => new ArgumentReader().Read(arguments, schema?.Root),
        _ => new PoisonValue("the arguments are not an object"),
    };
}
