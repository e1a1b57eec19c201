using System.Collections.Immutable;
using System.Globalization;
using Writ.Governance.Organizations;

namespace Writ.Governance.Policies.Constraints;

/// <summary>
/// Reads the value of a <c>@constraint</c> annotation: a kind and its operands. Whatever it does not understand is an error, and an
/// error makes the policy a hard forbid.
/// </summary>
internal static class ConstraintParser
{
    private const int MaxNames = 64;

    /// <summary>The constraint, or null and what was expected.</summary>
    public static Constraint? Parse(string text, out string error)
    {
        var trimmed = text.Trim();
        var space = trimmed.IndexOf(' ');
        var kind = space < 0 ? trimmed : trimmed[..space];
        var operands = space < 0 ? "" : trimmed[(space + 1)..].Trim();
        (Constraint? constraint, error) = kind switch
        {
            Constraint.ArgumentClamp.Word => (Clamp(operands), "expected 'argument_clamp <argument> <= <number>', the number with at most 15 digits"),
            Constraint.AllowedValues.Word => (Allowed(operands), "expected 'allowed_values <argument> in <value>, <value>'"),
            Constraint.OutputLimit.Word => (Output(operands), "expected 'output_limit <bytes>', with KiB or MiB if wished, from 1 byte to 16 MiB"),
            Constraint.RedactFields.Word => (Redact(operands), "expected 'redact_fields <name>, <name>'"),
            Constraint.TimeLimit.Word => (Time(operands), "expected 'timeout <number>' with ms, s or m, from 1 ms to 10 m"),
            Constraint.AmountLimit.Word => (Amount(operands), "expected 'max_amount <argument> <= <number>', and where the currency matters ' <ABC> in <argument>'"),
            Constraint.CostLimit.Word => (Cost(operands), $"expected 'max_cost <dollars>', {NanoDollars.Expected}"),
            Constraint.RateLimit.Word => (Rate(operands), $"expected 'rate <1 to {Constraint.RateLimit.MaxCount}> per <1s to 7d> by agent|credential|task', and ' as <name>' where tools share a count"),
            Constraint.ReadOnly.Word => (operands.Length == 0 ? Constraint.ReadOnly.Instance : null, "expected 'read_only' and nothing after it"),
            Constraint.SubjectScope.Word => (Scope(operands), "expected 'subject_scope <argument>', and ' filter <field>' where results are filtered"),
            Constraint.Ring.Word => (operands is ['1' or '2' or '3'] ? new Constraint.Ring(operands[0] - '0') : null, "expected 'ring <number>', from 1 to 3"),
            _ => ((Constraint?)null, $"unknown kind '{kind}': expected one of {string.Join(", ", ConstraintKinds.All.Order(StringComparer.Ordinal))}"),
        };
        if (constraint is not null)
            error = "";
        return constraint;
    }

    private static Constraint.ArgumentClamp? Clamp(string operands)
    {
        var parts = operands.Split("<=", StringSplitOptions.TrimEntries);
        return parts.Length == 2 && ArgumentPath.IsValid(parts[0])
            && decimal.TryParse(parts[1], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var maximum)
            && IsExact(maximum)
            ? new Constraint.ArgumentClamp(parts[0], maximum / 1.000000000000000000000000000000m)
            : null;
    }

    private static Constraint.AmountLimit? Amount(string operands)
    {
        var parts = operands.Split("<=", StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !ArgumentPath.IsValid(parts[0]))
            return null;
        var words = parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (1 or 4) || MoneyArgument.Read(words[0]) is not { } maximum)
            return null;
        if (words.Length == 1)
            return new Constraint.AmountLimit(parts[0], maximum, null, null);
        return words[2] == "in" && words[1].Length == 3 && words[1].All(char.IsAsciiLetterUpper) && ArgumentPath.IsValid(words[3]) && words[3] != parts[0]
            ? new Constraint.AmountLimit(parts[0], maximum, words[1], words[3])
            : null;
    }

    private static Constraint.CostLimit? Cost(string operands)
    {
        var dollars = operands.EndsWith(" USD", StringComparison.Ordinal) ? operands[..^4].TrimEnd() : operands;
        return NanoDollars.TryRead(dollars, out var nano) ? new Constraint.CostLimit(nano) : null;
    }

    private static Constraint.SubjectScope? Scope(string operands) => operands.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        [var argument] when ArgumentPath.IsValid(argument) => new Constraint.SubjectScope(argument, null),
        [var argument, "filter", { Length: <= 128 } field] when ArgumentPath.IsValid(argument) => new Constraint.SubjectScope(argument, field),
        _ => null,
    };

    private static Constraint.RateLimit? Rate(string operands)
    {
        var words = operands.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not ([_, "per", _, "by", _] or [_, "per", _, "by", _, "as", _]))
            return null;
        RateScope? scope = words[4] switch { "agent" => RateScope.Agent, "credential" => RateScope.Credential, "task" => RateScope.Task, _ => null };
        var (window, unit) = SplitUnit(words[2]);
        var factor = unit switch { "s" => 1L, "m" => 60, "h" => 3_600, "d" => 86_400, _ => 0 };
        return scope is { } whose && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= Constraint.RateLimit.MaxCount
            && factor > 0 && window > 0 && window * factor <= 7 * 86_400
            && (words.Length == 5 || Slug.IsValid(words[6]))
            ? new Constraint.RateLimit(count, TimeSpan.FromSeconds(window.Value * factor), whose, words.Length == 5 ? null : words[6])
            : null;
    }

    /// <summary>Whether canonical JSON carries the number as it is: rounded up, the clamp would let more run than it says.</summary>
    private static bool IsExact(decimal maximum) =>
        decimal.TryParse(((double)maximum).ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var written)
        && written == maximum;

    private static Constraint.AllowedValues? Allowed(string operands)
    {
        var at = operands.IndexOf(" in ", StringComparison.Ordinal);
        if (at < 0 || !ArgumentPath.IsValid(operands[..at].Trim()))
            return null;
        return Names(operands[(at + 4)..]) is { } values ? new Constraint.AllowedValues(operands[..at].Trim(), values) : null;
    }

    private static Constraint.RedactFields? Redact(string operands) =>
        Names(operands) is { } names ? new Constraint.RedactFields(names) : null;

    private static Constraint.OutputLimit? Output(string operands)
    {
        var (number, unit) = SplitUnit(operands);
        var factor = unit switch { "" => 1L, "KiB" => 1024, "MiB" => 1024 * 1024, _ => 0 };
        return factor > 0 && number is > 0 and <= 16 * 1024 * 1024 && number * factor <= 16 * 1024 * 1024
            ? new Constraint.OutputLimit((int)(number.Value * factor))
            : null;
    }

    private static Constraint.TimeLimit? Time(string operands)
    {
        var (number, unit) = SplitUnit(operands);
        var factor = unit switch { "ms" => 1L, "s" => 1000, "m" => 60_000, _ => 0 };
        return factor > 0 && number is > 0 and <= 600_000 && number * factor <= 600_000
            ? new Constraint.TimeLimit(TimeSpan.FromMilliseconds(number.Value * factor))
            : null;
    }

    private static ImmutableSortedSet<string>? Names(string list)
    {
        var names = list.Split(',', StringSplitOptions.TrimEntries);
        return names.Length <= MaxNames && names.All(n => n.Length is > 0 and <= 128)
            ? names.ToImmutableSortedSet(StringComparer.Ordinal)
            : null;
    }

    private static (long? Number, string Unit) SplitUnit(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return (digits is > 0 and <= 9 ? long.Parse(text[..digits], CultureInfo.InvariantCulture) : null, text[digits..].Trim());
    }
}
