using System.Collections.Frozen;
using Writ.Governance.Schemas.Patterns;
using Writ.Governance.Schemas.Rules;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Compilation;

/// <summary>Turns the keywords of one schema object into rules: the cheap ones first, those that look at what others saw last.</summary>
internal sealed class SchemaReader(SchemaCompiler compiler, ObjectDatum schema, bool isRoot)
{
    private readonly KeywordReader _read = new(compiler, schema);
    private readonly List<Rule> _rules = [];

    public IReadOnlyList<Rule> Read()
    {
        ReadIdentity();

        // In draft-07 a reference stands alone; what is beside it is not looked at (core 8.3).
        if (compiler.Dialect == Dialect.Draft7 && _read.TryText("$ref", out var alone))
            return [compiler.Reference(schema, alone)];

        foreach (var (keyword, value) in schema.Members)
        {
            if (Keywords.WhyRefused(keyword, compiler.Dialect) is { } why)
                compiler.Refuse(value, why);
        }

        ReadValues();
        ReadCountsAndBounds();
        ReadObjects();
        ReadArrays();
        ReadApplicators();
        ReadDefinitions();
        ReadUnevaluated();
        return _rules;
    }

    private void ReadIdentity()
    {
        if (_read.TryText("$anchor", out var anchor) || _read.TryText("$dynamicAnchor", out anchor))
            compiler.Anchor(schema, anchor);
        if (_read.TryText("$id", out var id) && !isRoot)
        {
            if (id.StartsWith('#') && compiler.Dialect != Dialect.Draft202012)
                compiler.Anchor(schema, id[1..]);
            else
                compiler.Refuse(schema, "expected no '$id' below the root: a schema inside a schema is not supported");
        }

        if (isRoot || !_read.TryText("$schema", out var named))
            return;
        var dialect = Dialects.Named(named);
        if (dialect is null || (compiler.Dialect != Dialect.Unstated && dialect != compiler.Dialect))
            compiler.Refuse(schema, "expected no other dialect below the root");
    }

    private void ReadValues()
    {
        if (schema.TryGet("type", out var type))
            ReadType(type);
        if (_read.TryArray("enum", out var values))
            _rules.Add(new EnumRule("enum", values.Items.ToArray()));
        if (schema.TryGet("const", out var value))
            _rules.Add(new EnumRule("const", [value]));
    }

    private void ReadType(Datum type)
    {
        var names = type is StringDatum single ? [single.Text] : _read.NamesOf(type);
        if (names is null)
            return;
        if (names.Count == 0 || names.Any(name => !TypeRule.Names.Contains(name)))
            compiler.Refuse(type, $"expected one or more of the types {string.Join(", ", TypeRule.Names)}");
        _rules.Add(new TypeRule(names));
    }

    private void ReadCountsAndBounds()
    {
        foreach (var keyword in CountRule.Keywords)
        {
            if (_read.TryCount(keyword, out var count))
                _rules.Add(new CountRule(keyword, count));
        }

        foreach (var keyword in BoundRule.Keywords)
        {
            if (_read.TryNumber(keyword, out var bound))
                _rules.Add(new BoundRule(keyword, bound));
        }

        if (_read.TryNumber("multipleOf", out var divisor))
        {
            if (divisor.Coefficient.Sign <= 0)
                compiler.Refuse(schema, "expected 'multipleOf' above 0");
            _rules.Add(new MultipleOfRule(divisor));
        }

        if (_read.TryText("pattern", out var source) && compiler.Pattern(schema, source) is { } pattern)
            _rules.Add(new PatternRule(pattern));
    }

    private void ReadObjects()
    {
        if (_read.TryNames("required", out var required))
            _rules.Add(new RequiredRule("required", null, required));
        if (_read.TryMembers("dependentRequired", out var dependent))
        {
            foreach (var (trigger, names) in dependent.Members)
                _rules.Add(new RequiredRule("dependentRequired", trigger, _read.NamesOf(names) ?? []));
        }

        if (_read.TrySchema("propertyNames", out var namesOf))
            _rules.Add(new PropertyNamesRule(namesOf));

        _read.TryMembers("properties", out var named);
        _read.TryMembers("patternProperties", out var patterned);
        _read.TrySchema("additionalProperties", out var additional);
        if (named is null && patterned is null && additional is null)
            return;
        var patterns = new List<(SchemaPattern, Subschema)>();
        foreach (var (source, value) in patterned is null ? [] : patterned.Members)
        {
            if (compiler.Pattern(value, source) is { } pattern)
                patterns.Add((pattern, compiler.SchemaAt(value)));
        }

        _rules.Add(new PropertiesRule(SchemasOf(named), patterns, additional));
    }

    private void ReadArrays()
    {
        if (_read.TryBoolean("uniqueItems", out var unique) && unique)
            _rules.Add(new UniqueItemsRule());

        var prefixKeyword = "prefixItems";
        var restKeyword = "items";
        if (schema.TryGet("items", out var items) && items is ArrayDatum && compiler.Dialect != Dialect.Draft202012)
        {
            if (_read.Has(prefixKeyword))
                compiler.Refuse(items, "expected 'items' to be one schema beside 'prefixItems'");
            (prefixKeyword, restKeyword) = ("items", "additionalItems");
        }
        else
        {
            _read.TrySchema("additionalItems", out _); // says nothing without an array as 'items' (draft-07, 6.4.2), but must be a schema
        }

        IReadOnlyList<Subschema> prefix = [];
        if (_read.TryArray(prefixKeyword, out var leading))
            prefix = [.. leading.Items.ToArray().Select(compiler.SchemaAt)];
        if (_read.TrySchema(restKeyword, out var rest) || prefix.Count > 0)
            _rules.Add(new ItemsRule(prefix, rest, restKeyword));

        var least = _read.TryCount("minContains", out var stated) ? stated : 1;
        var most = _read.TryCount("maxContains", out var limit) ? limit : int.MaxValue;
        if (_read.TrySchema("contains", out var contained))
            _rules.Add(new ContainsRule(contained, least, most));
    }

    private void ReadApplicators()
    {
        if (_read.TryText("$ref", out var reference))
            _rules.Add(compiler.Reference(schema, reference));
        if (_read.TrySchemas("allOf", out var all))
            _rules.Add(new AllOfRule(all));
        if (_read.TrySchemas("anyOf", out var any))
            _rules.Add(new AnyOfRule(any));
        if (_read.TrySchemas("oneOf", out var one))
            _rules.Add(new OneOfRule(one));
        if (_read.TrySchema("not", out var not))
            _rules.Add(new NotRule(not));

        _read.TrySchema("then", out var then);
        _read.TrySchema("else", out var otherwise);
        if (_read.TrySchema("if", out var condition))
            _rules.Add(new ConditionalRule(condition, then, otherwise));

        if (_read.TryMembers("dependentSchemas", out var dependent))
        {
            foreach (var (trigger, value) in dependent.Members)
                _rules.Add(new DependentSchemaRule(trigger, compiler.SchemaAt(value)));
        }

        if (_read.TryMembers("dependencies", out var dependencies))
        {
            foreach (var (trigger, value) in dependencies.Members)
            {
                _rules.Add(value is ArrayDatum
                    ? new RequiredRule("dependencies", trigger, _read.NamesOf(value) ?? [])
                    : new DependentSchemaRule(trigger, compiler.SchemaAt(value)));
            }
        }
    }

    private void ReadDefinitions()
    {
        if (_read.TryMembers("$defs", out var definitions))
            SchemasOf(definitions);
        if (_read.TryMembers("definitions", out definitions))
            SchemasOf(definitions);
    }

    private void ReadUnevaluated()
    {
        if (_read.TrySchema("unevaluatedItems", out var items))
            _rules.Add(new UnevaluatedRule(DatumKind.Array, items));
        if (_read.TrySchema("unevaluatedProperties", out var properties))
            _rules.Add(new UnevaluatedRule(DatumKind.Object, properties));
    }

    private FrozenDictionary<string, Subschema> SchemasOf(ObjectDatum? members)
    {
        var schemas = new Dictionary<string, Subschema>(StringComparer.Ordinal);
        foreach (var (name, value) in members is null ? [] : members.Members)
            schemas.Add(name, compiler.SchemaAt(value));
        return schemas.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
