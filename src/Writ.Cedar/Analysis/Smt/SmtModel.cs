using System.Globalization;
using Writ.Cedar.Values;

namespace Writ.Cedar.Analysis.Smt;

/// <summary>What a solver says of constants. What it says in a way not known here is not read. Immutable.</summary>
internal sealed class SmtModel
{
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Reads the answers to <c>get-value</c>: lists of pairs of a name and a value.</summary>
    public static SmtModel Read(string answer)
    {
        var model = new SmtModel();
        var (depth, start) = (0, -1);
        for (var at = 0; at < answer.Length; at++)
        {
            switch (answer[at])
            {
                case '"':
                    at = answer.IndexOf('"', at + 1);
                    if (at < 0)
                        return model;
                    break;
                case '(':
                    if (++depth == 2)
                        start = at;
                    break;
                case ')':
                    if (depth-- == 2 && answer[(start + 1)..at].Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var name, var value])
                        model._values[name] = value;
                    break;
            }
        }

        return model;
    }

    public bool IsTrue(string name) => _values.GetValueOrDefault(name) == "true";

    public Access? Access(string name) => _values.GetValueOrDefault(name) switch
    {
        "1" => Analysis.Access.Readable,
        "2" => Analysis.Access.Absent,
        "4" => Analysis.Access.Broken,
        _ => null,
    };

    /// <summary>A text, number or Boolean; null for any other value.</summary>
    public Value? Value(string name)
    {
        if (_values.GetValueOrDefault(name) is not { } said || said.Trim('(', ')').Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var constructor, var value])
            return null;
        return constructor switch
        {
            "B" => value == "true",
            "L" => Number(value) is { } number ? new LongValue(number) : null,
            "D" => Number(value) is { } number ? new DecimalValue(number) : null,
            "T" => Number(value) is { } number ? new DatetimeValue(number) : null,
            "U" => Number(value) is { } number ? new DurationValue(number) : null,
            "S" when said.IndexOf('"', StringComparison.Ordinal) is >= 0 and var first && SmtText.Unquote(said[first..(said.LastIndexOf('"') + 1)]) is { } text => text,
            _ => null,
        };
    }

    private static long? Number(string text) =>
        long.TryParse(text.Trim('(', ')', ' ').Replace("- ", "-", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
