using System.Runtime.InteropServices;
using System.Text.Json;
using Writ.Governance.Schemas.Patterns;
using Writ.Governance.Schemas.Rules;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Compilation;

/// <summary>
/// Compiles one schema: reads the text within its bounds, turns each sub-schema into rules (from a list of work, not by recursion),
/// binds the references, refuses circles that no value would ever leave. The first refusal stands and ends the work.
/// </summary>
internal sealed class SchemaCompiler(InputSchemaLimits limits)
{
    private readonly Dictionary<Datum, Subschema> _schemas = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<Datum> _open = new();
    private readonly List<(ReferenceRule Rule, Datum At, string Anchor)> _unbound = [];
    private readonly Dictionary<string, Datum> _anchors = new(StringComparer.Ordinal);
    private Datum? _root;
    private string? _identifier;
    private int _patternStates;

    public Dialect Dialect { get; private set; }

    public SchemaCompilation.Refused? Refusal { get; private set; }

    public SchemaCompilation Compile(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Undefined)
            return new SchemaCompilation.Refused("", "expected a schema, found no JSON value");
        if (JsonMarshal.GetRawUtf8Value(schema).Length > limits.MaxSchemaBytes)
            return new SchemaCompilation.Refused("", $"expected a schema of at most {limits.MaxSchemaBytes} bytes");
        var reader = new DatumReader(limits.MaxSchemaDepth, limits.MaxSchemaBytes);
        if (reader.Read(schema) is not { } root)
            return new SchemaCompilation.Refused(reader.Problem!.Pointer, $"the schema cannot be read: {reader.Problem.Message}");

        _root = root;
        if (root is ObjectDatum head)
            ReadHead(head);
        var compiled = SchemaAt(root);
        while (Refusal is null && (Fill() || BindAnchors()))
        {
        }

        if (Refusal is null && Circles.Find(_schemas) is { } circle)
            Refuse(circle, "expected no schema that refers back to itself for the same value");
        return Refusal as SchemaCompilation ?? new SchemaCompilation.Compiled(new InputSchema(compiled, limits));
    }

    /// <summary>The schema at a place in the document, to be filled later where it is new.</summary>
    public Subschema SchemaAt(Datum at)
    {
        if (_schemas.TryGetValue(at, out var known))
            return known;
        if (_schemas.Count >= limits.MaxSubschemas)
            Refuse(at, $"expected at most {limits.MaxSubschemas} sub-schemas");
        else
            _open.Enqueue(at);
        return _schemas[at] = new Subschema();
    }

    public SchemaPattern? Pattern(Datum at, string source)
    {
        var pattern = SchemaPattern.Compile(source, out var problem);
        if (pattern is null)
            Refuse(at, problem!);
        else if ((_patternStates += pattern.Size) > limits.MaxPatternStates)
            Refuse(at, $"expected patterns that unfold to at most {limits.MaxPatternStates} states together");
        return pattern;
    }

    public void Anchor(Datum schema, string name)
    {
        if (!_anchors.TryAdd(name, schema))
            Refuse(schema, $"expected each anchor once, {Printable.Quote(name)} is there twice");
    }

    /// <summary>The rule for a reference, bound now where it is a pointer, at the end where it is an anchor.</summary>
    public ReferenceRule Reference(Datum at, string reference)
    {
        var rule = new ReferenceRule();
        if (LocalReference.FragmentOf(reference, _identifier) is not { } fragment)
        {
            Refuse(at, "expected a reference inside this document; nothing is ever fetched");
        }
        else if (fragment.Length > 0 && fragment[0] != '/')
        {
            _unbound.Add((rule, at, fragment));
        }
        else if (LocalReference.Find(_root!, fragment) is { } target)
        {
            rule.Target = SchemaAt(target);
        }
        else
        {
            Refuse(at, "expected a reference to a place that is there");
        }

        return rule;
    }

    public void Refuse(Datum at, string message) => Refusal ??= new(JsonPointer.Of(at), message);

    private void ReadHead(ObjectDatum head)
    {
        if (head.TryGet("$schema", out var named))
        {
            if (named is StringDatum uri && Dialects.Named(uri.Text) is { } dialect)
                Dialect = dialect;
            else
                Refuse(named, "expected the dialect draft-07 or 2020-12 of json-schema.org");
        }

        if (head.TryGet("$id", out var id) && id is StringDatum identifier)
            _identifier = identifier.Text.TrimEnd('#');
    }

    private bool Fill()
    {
        var any = false;
        while (Refusal is null && _open.TryDequeue(out var at))
        {
            any = true;
            switch (at)
            {
                case ObjectDatum schema:
                    _schemas[at].Fill(new SchemaReader(this, schema, at == _root).Read());
                    break;
                case BooleanDatum boolean:
                    if (!boolean.Value)
                        _schemas[at].FillFalse();
                    break;
                default:
                    Refuse(at, $"expected a schema, which is an object or a boolean, found {at.Describe()}");
                    break;
            }
        }

        return any;
    }

    private bool BindAnchors()
    {
        foreach (var (rule, at, name) in _unbound)
        {
            if (_anchors.TryGetValue(name, out var target))
                rule.Target = SchemaAt(target);
            else
                Refuse(at, "expected a reference to an anchor that is there");
        }

        _unbound.Clear();
        return _open.Count > 0;
    }
}
