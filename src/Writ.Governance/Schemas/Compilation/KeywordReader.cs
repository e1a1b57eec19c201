using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Writ.Governance.Schemas.Rules;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Compilation;

/// <summary>
/// The values of one schema's keywords in the form the keyword asks for. Each method answers false both for a keyword that is not there
/// and for one of the wrong form, which is refused on the way.
/// </summary>
internal sealed class KeywordReader(SchemaCompiler compiler, ObjectDatum schema)
{
    public bool Has(string keyword) => schema.Has(keyword);

    public bool TryText(string keyword, [NotNullWhen(true)] out string? text) =>
        (text = Find(keyword) is { } value ? TextOf(value) : null) is not null;

    public bool TryNumber(string keyword, out ExactNumber number)
    {
        number = default;
        if (Find(keyword) is not { } value)
            return false;
        if (value is not NumberDatum read)
            return Refuse(value, "expected a number");
        number = read.Value;
        return true;
    }

    /// <summary>A count; one beyond what an instance can reach is as good as the largest.</summary>
    public bool TryCount(string keyword, out int count)
    {
        count = 0;
        if (Find(keyword) is not { } value)
            return false;
        if (value is not NumberDatum { Value: { IsInteger: true, Coefficient.Sign: >= 0 } number })
            return Refuse(value, "expected a whole number of at least 0");
        count = number.TryScale(0, out var read) ? (int)BigInteger.Min(int.MaxValue, read) : int.MaxValue;
        return true;
    }

    public bool TryBoolean(string keyword, out bool value)
    {
        value = false;
        if (Find(keyword) is not { } found)
            return false;
        if (found is not BooleanDatum boolean)
            return Refuse(found, "expected true or false");
        value = boolean.Value;
        return true;
    }

    public bool TryArray(string keyword, [NotNullWhen(true)] out ArrayDatum? array)
    {
        array = null;
        if (Find(keyword) is not { } value)
            return false;
        array = value as ArrayDatum;
        return array is not null || Refuse(value, "expected an array");
    }

    public bool TryNames(string keyword, out IReadOnlyList<string> names)
    {
        names = Find(keyword) is { } value && NamesOf(value) is { } read ? read : [];
        return schema.Has(keyword);
    }

    public bool TrySchema(string keyword, [NotNullWhen(true)] out Subschema? found) =>
        (found = Find(keyword) is { } value ? compiler.SchemaAt(value) : null) is not null;

    public bool TrySchemas(string keyword, out IReadOnlyList<Subschema> found)
    {
        found = [];
        if (!TryArray(keyword, out var array))
            return false;
        if (array.Count == 0)
            return Refuse(array, "expected at least one schema");
        found = [.. array.Items.ToArray().Select(compiler.SchemaAt)];
        return true;
    }

    public bool TryMembers(string keyword, [NotNullWhen(true)] out ObjectDatum? members)
    {
        members = null;
        if (Find(keyword) is not { } value)
            return false;
        members = value as ObjectDatum;
        return members is not null || Refuse(value, "expected an object");
    }

    public string? TextOf(Datum value)
    {
        if (value is StringDatum text)
            return text.Text;
        Refuse(value, "expected a string");
        return null;
    }

    public IReadOnlyList<string>? NamesOf(Datum value)
    {
        if (value is not ArrayDatum array)
        {
            Refuse(value, "expected an array of names");
            return null;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in array.Items)
        {
            if (TextOf(item) is not { } name)
                return null;
            if (!names.Add(name))
                Refuse(item, "expected each name once");
        }

        return [.. names];
    }

    public bool Refuse(Datum at, string expected)
    {
        compiler.Refuse(at, $"{expected}, found {at.Describe()}");
        return false;
    }

    private Datum? Find(string keyword) => schema.TryGet(keyword, out var value) ? value : null;
}
