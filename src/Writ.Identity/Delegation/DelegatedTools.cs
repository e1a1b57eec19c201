using System.Collections.Immutable;
using System.Text.Json;
using Writ.Identity.Delegation.Constraints;

namespace Writ.Identity.Delegation;

/// <summary>
/// The tools of a token by name, each with a constraint for every argument. A tool without constraints may be called with any arguments;
/// one with constraints only with the arguments they name. No tools means no tools (T46). Immutable and thread safe.
/// </summary>
public sealed class DelegatedTools
{
    /// <summary>The value of <c>type</c> in <c>authorization_details</c> (RFC 9396).</summary>
    public const string DetailType = "attenuating_agent_token";

    private const int MaxNameLength = 256;

    /// <summary>Takes tools by name, and by name of the argument what it may be.</summary>
    public DelegatedTools(IEnumerable<KeyValuePair<string, ImmutableSortedDictionary<string, ArgumentConstraint>>> tools) =>
        ByName = tools.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>By name, what a tool's arguments may be.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, ArgumentConstraint>> ByName { get; }

    /// <summary>Tools that may be called with any arguments.</summary>
    public static DelegatedTools Unconstrained(params IEnumerable<string> names) =>
        new(names.Select(name => KeyValuePair.Create(name, ImmutableSortedDictionary.Create<string, ArgumentConstraint>(StringComparer.Ordinal))));

    /// <summary>Reads the one entry of <c>authorization_details</c> that is of <see cref="DetailType"/>.</summary>
    public static DelegationFault TryRead(JsonElement details, out DelegatedTools? tools)
    {
        tools = null;
        if (details.ValueKind != JsonValueKind.Array || details.GetArrayLength() != 1)
            return DelegationFault.Malformed;
        return TryReadTools(details[0] is { ValueKind: JsonValueKind.Object } detail
            && detail.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals(DetailType)
            && detail.TryGetProperty("tools", out var json) ? json : default, out tools);
    }

    /// <summary>Reads the value of <c>tools</c>: an object of tools, each an object of constraints.</summary>
    public static DelegationFault TryReadTools(JsonElement json, out DelegatedTools? tools)
    {
        tools = null;
        if (json.ValueKind != JsonValueKind.Object || json.GetPropertyCount() > DelegationLimits.MaxTools)
            return DelegationFault.Malformed;
        var reader = new ConstraintReader();
        var read = new List<KeyValuePair<string, ImmutableSortedDictionary<string, ArgumentConstraint>>>();
        foreach (var tool in json.EnumerateObject())
        {
            if (tool.Name.Length is 0 or > MaxNameLength || tool.Value.ValueKind != JsonValueKind.Object)
                return DelegationFault.Malformed;
            var constraints = ImmutableSortedDictionary.CreateBuilder<string, ArgumentConstraint>(StringComparer.Ordinal);
            foreach (var argument in tool.Value.EnumerateObject())
            {
                if (!reader.TryRead(argument.Value, out var constraint))
                    return DelegationFault.UnknownConstraint;
                constraints[argument.Name] = constraint;
            }

            read.Add(new(tool.Name, constraints.ToImmutable()));
        }

        tools = new DelegatedTools(read);
        return DelegationFault.None;
    }

    /// <summary>Whether everything that <paramref name="child"/> allows is allowed here (I4).</summary>
    public bool Covers(DelegatedTools child)
    {
        var subsumption = new Subsumption();
        foreach (var (name, narrow) in child.ByName)
        {
            if (!ByName.TryGetValue(name, out var wide))
                return false;

            // Without constraints here anything may be asked for; with some, the child speaks of the same arguments.
            if (wide.IsEmpty)
                continue;
            if (wide.Count != narrow.Count || !wide.All(argument => narrow.TryGetValue(argument.Key, out var constraint) && subsumption.Covers(argument.Value, constraint)))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Whether a tool may be called with these arguments, an object. With constraints, every argument has one, and an argument that is
    /// left out meets only a wildcard.
    /// </summary>
    public bool Allows(string tool, JsonElement arguments)
    {
        if (!ByName.TryGetValue(tool, out var constraints) || arguments.ValueKind != JsonValueKind.Object)
            return false;
        if (constraints.IsEmpty)
            return true;
        foreach (var argument in arguments.EnumerateObject())
        {
            if (!constraints.TryGetValue(argument.Name, out var constraint) || !ConstraintValue.TryCreate(argument.Value, out var value) || !constraint.Allows(value))
                return false;
        }

        return constraints.All(constraint => constraint.Value is ArgumentConstraint.Wildcard || arguments.TryGetProperty(constraint.Key, out _));
    }

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (tool, constraints) in ByName)
        {
            writer.WriteStartObject(tool);
            foreach (var (argument, constraint) in constraints)
            {
                writer.WritePropertyName(argument);
                ConstraintWriter.Write(writer, constraint);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
