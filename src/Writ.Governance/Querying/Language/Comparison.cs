using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Writ.Cedar;
using Writ.Governance.Querying.Indexing;
using Writ.Ledger.Columns;

namespace Writ.Governance.Querying.Language;

/// <summary>Turns a comparison of a field with a value into a filter, or says why it makes no sense.</summary>
internal sealed class Comparison(IRecordNames names)
{
    private const long Least = -long.MaxValue;

    public RowFilter? Of(QueryField field, string sign, Token value, out QueryProblem? problem)
    {
        problem = null;
        if (sign == "!=")
            return Of(field, "=", value, out problem) is { } equal ? new RowFilter.Not(equal) : null;
        return field.Kind switch
        {
            FieldKind.Time => Ranged(field, sign, value, Period.Read(value.Text), $"write a time as {Period.Forms}", out problem),
            FieldKind.Amount => Ranged(field, sign, value, Amount(value.Text), "write a plain number with at most nine decimals, such as 500 or 49.90", out problem),
            FieldKind.Span => Ranged(field, sign, value, Span(value.Text), "write a whole number and its unit: 250us, 20ms, 2s, 5m, 1h", out problem),
            FieldKind.Count => Ranged(field, sign, value, Whole(value.Text), "write a whole number", out problem),
            FieldKind.Id => Identified(field, sign, value, out problem),
            _ => Texts(field, sign, value, out problem),
        };
    }

    private static RowFilter? Ranged(QueryField field, string sign, Token value, Period? range, string expected, out QueryProblem? problem)
    {
        problem = null;
        if (range is not { } wanted)
        {
            problem = new QueryProblem(value.Position, $"'{value.Text}' is no value of {field.Name}: {expected}");
            return null;
        }

        switch (sign)
        {
            case "=": return new RowFilter.Number(field.Column, wanted.First, wanted.Last);
            case "<": return new RowFilter.Number(field.Column, Least, wanted.First - 1);
            case "<=": return new RowFilter.Number(field.Column, Least, wanted.Last);
            case ">=": return new RowFilter.Number(field.Column, wanted.First, long.MaxValue);
            case ">" when wanted.Last == long.MaxValue: return new RowFilter.OneOf([]);
            case ">": return new RowFilter.Number(field.Column, wanted.Last + 1, long.MaxValue);
            default:
                problem = new QueryProblem(value.Position, $"{field.Name} has no beginning that could be compared with ~: use =, <, <=, > or >=");
                return null;
        }
    }

    private static RowFilter.Id? Identified(QueryField field, string sign, Token value, out QueryProblem? problem)
    {
        var isId = Guid.TryParseExact(value.Text, "D", out var id);
        problem = !isId ? new QueryProblem(value.Position, $"'{value.Text}' is no id: write it in full, such as 019b2f6e-7d2c-7c1a-9d5e-3b1f0a6c4e21")
            : sign != "=" ? new QueryProblem(value.Position, $"{field.Name} is an id: compare it with = or !=")
            : null;
        return problem is null ? new RowFilter.Id(field.Column, id) : null;
    }

    private RowFilter? Texts(QueryField field, string sign, Token value, out QueryProblem? problem)
    {
        problem = sign is "=" or "~" ? null
            : new QueryProblem(value.Position, $"{field.Name} is a text: compare it with = or !=, with ~ for its beginning, or with in (…)");
        if (problem is null && sign == "=" && !field.Words.IsEmpty && !field.Words.Contains(value.Text))
        {
            var near = Suggestion.Nearest(value.Text, field.Words) ?? field.Words.FirstOrDefault(w => string.Equals(w, value.Text, StringComparison.OrdinalIgnoreCase));
            problem = new QueryProblem(value.Position, $"{field.Name} is never '{value.Text}'{(near is null ? "" : $": did you mean {near}?")}; it is one of {string.Join(", ", field.Words)}");
        }

        if (problem is not null)
            return null;
        if (field == QueryFields.Agent)
            return Agents(sign, value, out problem);
        if (field == QueryFields.Resource && sign == "=")
            return Resource(value, out problem);
        if (field == QueryFields.Tool && value.Text.Contains('/', StringComparison.Ordinal))
            return Text(QueryFields.Action, sign, "tool/" + value.Text);
        return field.Name == "rule" && sign == "=" && !value.Text.Contains('/', StringComparison.Ordinal)
            ? new RowFilter.OneOf([Text(field, sign, value.Text), Ending(field, "/" + value.Text)])
            : Text(field, sign, value.Text);
    }

    private RowFilter? Agents(string sign, Token value, out QueryProblem? problem)
    {
        problem = null;
        if (Guid.TryParseExact(value.Text, "D", out _))
            return Text(QueryFields.Agent, sign, value.Text);
        var all = names.Agents.ToList();
        var meant = all.Where(a => sign == "=" ? a.Name == value.Text : a.Name.StartsWith(value.Text, StringComparison.Ordinal))
            .Select(RowFilter (a) => Text(QueryFields.Agent, "=", a.Id)).ToImmutableArray();
        if (meant.IsEmpty)
        {
            var near = Suggestion.Nearest(value.Text, all.Select(a => a.Name));
            problem = new QueryProblem(value.Position, $"no agent is called '{value.Text}'{(near is null ? "" : $": did you mean {near}?")}");
        }

        return problem is null ? new RowFilter.OneOf(meant) : null;
    }

    /// <summary>Asked for by its id, or as records name it.</summary>
    private RowFilter.Text? Resource(Token value, out QueryProblem? problem)
    {
        problem = null;
        if (value.Text.Split('/') is [_, { Length: 32 } hash] && hash.All(char.IsAsciiHexDigitLower))
            return Text(QueryFields.Resource, "=", value.Text);
        if (names.Resource(value.Text) is { } name)
            return Text(QueryFields.Resource, "=", name);
        problem = new QueryProblem(
            value.Position, $"'{value.Text}' is not found by its id here: write kind/id, such as order/O-4711, and ask the server, which has the key; or take the name from a record");
        return null;
    }

    private static RowFilter.Text Text(QueryField field, string sign, string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        return sign == "~"
            ? new RowFilter.Text(field.Column, text => text.StartsWith(utf8))
            : new RowFilter.Text(field.Column, text => text.SequenceEqual(utf8));
    }

    private static RowFilter.Text Ending(QueryField field, string value)
    {
        var utf8 = Encoding.UTF8.GetBytes(value);
        return new RowFilter.Text(field.Column, text => text.EndsWith(utf8));
    }

    private static Period? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount)
        && amount == decimal.Round(amount, 9)
            ? Exactly(Billionths.Of(amount))
            : null;

    private static Period? Whole(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Exactly(number) : null;

    private static Period? Span(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        long unit = text[digits..] switch { "us" or "µs" => 1, "ms" => 1_000, "s" => 1_000_000, "m" => 60_000_000, "h" => 3_600_000_000, _ => 0 };
        return unit > 0 && long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= long.MaxValue / unit
            ? Exactly(number * unit)
            : null;
    }

    private static Period Exactly(long value) => new(value, value);
}
