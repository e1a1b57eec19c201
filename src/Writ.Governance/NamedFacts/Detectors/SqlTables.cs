namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>The names that stand where tables stand. Names of CTEs are left out; a name too many is possible, one too few is not meant to be.</summary>
internal static class SqlTables
{
    private static readonly HashSet<string> Before = new(StringComparer.Ordinal) { "from", "join", "into", "update", "table", "using", "truncate", "view", "references", "describe", "desc" };

    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal) { "only", "if", "not", "exists", "lateral", "table", "temporary", "temp", "unlogged", "low_priority", "ignore", "as" };

    private static readonly HashSet<string> Closers = new(StringComparer.Ordinal)
    {
        "where", "set", "group", "order", "having", "limit", "offset", "fetch", "on", "union", "except", "intersect", "values", "select", "returning",
        "when", "window", "for", "with", "default", "add", "drop", "rename", "alter", "cascade", "restrict",
    };

    public static void Add(List<SqlToken> statement, SortedSet<string> tables)
    {
        var own = CommonNames(statement);
        var (expecting, listing, depth, listDepth) = (false, false, 0, 0);
        for (var i = 0; i < statement.Count; i++)
        {
            var token = statement[i];
            if (token.Kind == SqlTokenKind.Mark)
            {
                depth += token.Text switch { "(" => 1, ")" => -1, _ => 0 };
                if (token.Text == "," && listing && depth == listDepth)
                    expecting = true;
                else if (token.Text is "(" or ")" && expecting)
                    expecting = token.Text == "(" && i + 1 < statement.Count && statement[i + 1] is { Kind: SqlTokenKind.Name };
                continue;
            }

            if (token.Kind == SqlTokenKind.Word && Before.Contains(token.Text))
            {
                (expecting, listing, listDepth) = (true, true, depth);
            }
            else if (token.Kind == SqlTokenKind.Word && Closers.Contains(token.Text))
            {
                (expecting, listing) = (false, listing && depth != listDepth);
            }
            else if (expecting && token.Kind != SqlTokenKind.Literal && !(token.Kind == SqlTokenKind.Word && Fillers.Contains(token.Text)))
            {
                var name = token.Text;
                while (i + 2 < statement.Count && statement[i + 1] is { Kind: SqlTokenKind.Mark, Text: "." } && statement[i + 2].Kind is SqlTokenKind.Word or SqlTokenKind.Name)
                    (name, i) = ($"{name}.{statement[i + 2].Text}", i + 2);
                if (!own.Contains(name))
                    tables.Add(name);
                expecting = false;
            }
        }
    }

    /// <summary>The names that WITH gives: before <c>AS (</c>.</summary>
    private static HashSet<string> CommonNames(List<SqlToken> statement)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!statement.Any(t => t is { Kind: SqlTokenKind.Word, Text: "with" }))
            return names;
        for (var i = 1; i + 2 < statement.Count; i++)
        {
            if (statement[i + 1] is { Kind: SqlTokenKind.Word, Text: "as" } && statement[i + 2] is { Text: "(" or "materialized" or "not" }
                && statement[i - 1] is { Text: "with" or "recursive" or "," })
                names.Add(statement[i].Text);
        }

        return names;
    }
}
