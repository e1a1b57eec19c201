using Writ.Governance.Schemas.Rules;
using Writ.Governance.Schemas.Values;

namespace Writ.Governance.Schemas.Compilation;

/// <summary>
/// Finds schemas that apply themselves to the very same value, by references, <c>allOf</c> and the like: validation would never end.
/// </summary>
internal static class Circles
{
    /// <summary>A place on such a circle, or null. Walks without recursion; a chain may be as long as the document allows.</summary>
    public static Datum? Find(IReadOnlyDictionary<Datum, Subschema> schemas)
    {
        var places = schemas.ToDictionary(pair => pair.Value, pair => pair.Key);
        var done = new Dictionary<Subschema, bool>();
        var path = new Stack<(Subschema Schema, IEnumerator<Subschema> Next)>();
        foreach (var start in schemas.Values)
        {
            Enter(start);
            while (path.TryPeek(out var top))
            {
                if (!top.Next.MoveNext())
                {
                    done[top.Schema] = true;
                    path.Pop();
                }
                else if (!done.TryGetValue(top.Next.Current, out var left))
                {
                    Enter(top.Next.Current);
                }
                else if (!left)
                {
                    return places[top.Next.Current];
                }
            }
        }

        return null;

        void Enter(Subschema schema)
        {
            if (done.TryAdd(schema, false))
                path.Push((schema, InPlace(schema).GetEnumerator()));
        }
    }

    private static IEnumerable<Subschema> InPlace(Subschema schema)
    {
        for (var i = 0; i < schema.Rules.Length; i++)
        {
            foreach (var inPlace in schema.Rules[i].InPlace)
                yield return inPlace;
        }
    }
}
