using Writ.Cedar.Values;

namespace Writ.Governance.NamedFacts.Detectors;

/// <summary>
/// What SQL does and to which tables, by its words; every verb that stands outside quotes counts, wherever it stands, so that a
/// statement in a CTE or behind a missing semicolon is seen. What dialects read differently makes the fact unavailable. What a function does is
/// not seen.
/// </summary>
internal static class SqlDetector
{
    private static readonly HashSet<string> Openers = new(StringComparer.Ordinal)
    {
        "select", "insert", "update", "delete", "merge", "replace", "truncate", "drop", "create", "alter", "grant", "revoke", "with", "explain",
        "describe", "desc", "show", "values", "table", "call", "exec", "execute", "copy", "begin", "start", "commit", "rollback", "savepoint",
        "release", "use", "set", "vacuum", "analyze", "lock", "rename", "comment", "refresh", "reindex",
    };

    private static readonly HashSet<string> Anywhere = new(StringComparer.Ordinal)
    {
        "select", "insert", "update", "delete", "merge", "truncate", "drop", "create", "alter", "grant", "revoke", "exec", "execute", "copy", "call",
    };

    public static Value Detect(DetectorInput input)
    {
        if (input.Texts() is not { } texts)
            return DetectorInput.NoText;
        var (verbs, tables) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        var statements = 0;
        foreach (var text in texts)
        {
            if (SqlTokens.Read(text) is not { } tokens)
                return new PoisonValue("the SQL cannot be taken apart, or dialects read it differently");
            foreach (var statement in Split(tokens))
            {
                statements++;
                var first = statement.FirstOrDefault(t => t.Text != "(");
                if (first is not { Kind: SqlTokenKind.Word } || !Openers.Contains(first.Text))
                    return new PoisonValue("the SQL opens with a word that is not known");
                AddVerbs(statement, first.Text, verbs);
                SqlTables.Add(statement, tables);
            }
        }

        return RecordValue.Of(("statements", statements), ("tables", DetectorInput.Set(tables)), ("verbs", DetectorInput.Set(verbs)));
    }

    private static IEnumerable<List<SqlToken>> Split(List<SqlToken> tokens)
    {
        var statement = new List<SqlToken>();
        foreach (var token in tokens.Append(new SqlToken(SqlTokenKind.Mark, ";")))
        {
            if (token is not { Kind: SqlTokenKind.Mark, Text: ";" })
                statement.Add(token);
            else if (statement.Count > 0)
            {
                yield return statement;
                statement = [];
            }
        }
    }

    private static void AddVerbs(List<SqlToken> statement, string first, SortedSet<string> verbs)
    {
        var words = statement.Where(t => t.Kind == SqlTokenKind.Word).Select(t => t.Text).ToArray();
        // EXPLAIN alone only plans; with ANALYZE it runs what it explains.
        if (first is "explain" or "describe" or "desc")
        {
            verbs.Add("explain");
            if (!words.Contains("analyze") && !words.Contains("analyse"))
                return;
        }
        else if (first is not "with")
        {
            verbs.Add(first);
        }

        foreach (var word in words.Where(Anywhere.Contains))
            verbs.Add(word);
        if (words.Contains("into") && !words.Any(w => w is "insert" or "merge" or "replace"))
            verbs.Add("select_into");
        if (words.Contains("outfile") || words.Contains("dumpfile"))
            verbs.Add("select_into");
    }
}
