using System.Text;
using Writ.Governance.Policies.Authoring.Conditions;

namespace Writ.Governance.Policies.Importing;

/// <summary>
/// Translates a condition of <c>governance.toolkit/v1</c>. There, agents' arguments and facts share one map; a name that is not a fact of
/// Writ becomes an argument. There, a missing field is equal to nothing and true for nothing; each comparison is guarded so that it is here.
/// </summary>
internal sealed class ToolkitCondition
{
    private static readonly string[] Comparisons = ["==", "!=", ">=", "<=", ">", "<"];

    private readonly List<Token> _tokens;
    private int _next;
    private string? _obstacle;

    private ToolkitCondition(List<Token> tokens) => _tokens = tokens;

    /// <summary>The condition in the YAML form; null, and why, where it cannot be carried.</summary>
    public static string? Translate(string text, out string? obstacle)
    {
        if (Tokenizer.Read(text, out var fault) is not { } tokens)
        {
            obstacle = fault!.Message;
            return null;
        }

        var translation = new ToolkitCondition(tokens);
        var read = translation.Read();
        obstacle = translation._obstacle;
        return obstacle is null ? read : null;
    }

    private Token Peek => _tokens[_next];

    private string Read()
    {
        var text = new StringBuilder(ReadAtom());
        while (_obstacle is null && Peek.Kind != TokenKind.End)
        {
            var joint = Peek.Kind == TokenKind.Word ? Peek.Text.ToLowerInvariant() : "";
            if (joint is not ("and" or "or"))
                return Wrong($"{Peek} is no part of that language there: a rule that says it never matches");
            _next++;
            text.Append(' ').Append(joint).Append(' ').Append(ReadAtom());
        }

        return text.ToString();
    }

    private string ReadAtom()
    {
        if (ReadPath() is not { } path)
            return "";
        var (place, guard) = Place(path);
        if (_obstacle is not null)
            return "";
        if (Peek.Kind == TokenKind.Symbol && Comparisons.Contains(Peek.Text))
            return ReadComparison(place, guard);
        if (Peek.IsWord("in"))
            return ReadIn(place, guard);
        return Guarded(guard, $"{place} == true");
    }

    private string ReadComparison(string place, string? guard)
    {
        var word = _tokens[_next++].Text;
        var value = _tokens[_next];
        var isText = value.Kind == TokenKind.Text;
        if (word is "==" or "!=" ? !isText || value.Text.Length == 0 : value.Kind != TokenKind.Number || value.Text[0] == '-')
            return Wrong($"'{word}' with {value}: there, == and != take a text that is not empty and the others a number without a sign, and a rule that says anything else never matches");
        _next++;
        var literal = isText ? Quoted(value.Text) : value.Text;
        return word == "!=" && guard is not null ? $"(not ({guard}) or {place} != {literal})" : Guarded(guard, $"{place} {word} {literal}");
    }

    private string ReadIn(string place, string? guard)
    {
        _next++;
        if (!Peek.Is("["))
            return Wrong("'in' looks into a list that the agent may send itself: write the list out");
        var items = new List<string>();
        for (_next++; !Peek.Is("]"); _next++)
        {
            if (items.Count > 0 && Peek.Is(","))
                _next++;
            if (Peek.Kind != TokenKind.Text)
                return Wrong($"a list with {Peek}: expected texts");
            items.Add(Quoted(Peek.Text));
        }

        _next++;
        return items.Count == 0 ? Wrong("a list without elements") : Guarded(guard, $"{place} in [{string.Join(", ", items)}]");
    }

    private List<string>? ReadPath()
    {
        var path = new List<string>();
        do
        {
            if (path.Count > 0)
                _next++;
            if (Peek.Kind != TokenKind.Word || Peek.Text.Contains('-', StringComparison.Ordinal) || (path.Count == 0 && Peek.Text.ToLowerInvariant() is "not" or "and" or "or" or "in"))
            {
                Wrong($"{Peek} where that language has the name of a field: a rule that says it never matches");
                return null;
            }

            path.Add(_tokens[_next++].Text);
        }
        while (Peek.Is("."));
        return path;
    }

    /// <summary>The place of a field here, and the condition that it is there; none of a fact, which always is.</summary>
    private (string Place, string? Guard) Place(List<string> path)
    {
        switch (path)
        {
            case ["tool_name"]:
                return ("tool", null);
            case ["environment" or "env"]:
                return ("env", null);
            case ["agent_id" or "agent_did" or "agent" or "action" or "action_id" or "user" or "user_role" or "trust_score" or "ring", ..]:
                Wrong($"the field '{string.Join('.', path)}' is what Writ knows by another name or not at all: write the rule with a fact of Writ");
                return ("", null);
            default:
                var name = string.Join('.', path);
                return ($"args.{name}", $"args has {name}");
        }
    }

    private static string Guarded(string? guard, string comparison) => guard is null ? $"({comparison})" : $"({guard} and {comparison})";

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private string Wrong(string obstacle)
    {
        _obstacle ??= obstacle;
        return "";
    }
}
