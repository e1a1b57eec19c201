using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Writ.Crypto.Json;
using Writ.Governance.Policies.Constraints;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Remedies;

/// <summary>Reads the value of a <c>@remedy</c> annotation.</summary>
internal static class RemedyParser
{
    public const string Expected =
        "expected '<tool>(<name> = <value>, …)' or 'same tool(<name> = <value>, …)', a value being args.<path>, '<text>', <integer>, true, false, "
        + "first(args.<path>, <integer>), only(args.<path>, '<text>', …) or under(args.<path>, '/<folder>')";

    /// <summary>With a space in it, so that it is the name of no tool.</summary>
    private const string Same = "same tool";

    private const int MaxMembers = 64;

    /// <summary>The template, or null when the text is not one.</summary>
    public static RemedyTemplate? Parse(string text)
    {
        var trimmed = text.Trim();
        var open = trimmed.IndexOf('(');
        if (open < 0 || !trimmed.EndsWith(')'))
            return null;
        var tool = trimmed[..open].Trim();
        var same = tool == Same;
        if (!same && !ToolName.IsValid(tool))
            return null;

        var members = ImmutableArray.CreateBuilder<RemedyMember>();
        foreach (var part in SplitOutside(trimmed[(open + 1)..^1]))
        {
            if (Member(part) is not { } member || members.Any(m => Overlap(m.Name, member.Name)) || members.Count == MaxMembers)
                return null;
            members.Add(member);
        }

        // The same call again would be refused again.
        return same && members.Count == 0 ? null : new RemedyTemplate(same ? null : tool, members.ToImmutable());
    }

    private static bool Overlap(string one, string other) =>
        one == other || one.StartsWith(other + ".", StringComparison.Ordinal) || other.StartsWith(one + ".", StringComparison.Ordinal);

    private static RemedyMember? Member(string text)
    {
        var equals = text.IndexOf('=');
        if (equals < 0)
            return null;
        var (name, value) = (text[..equals].Trim(), text[(equals + 1)..].Trim());
        if (!ArgumentPath.IsValid(name))
            return null;
        if (PathIn(value) is { } path)
            return new RemedyMember.Taken(name, path);
        if (Quoted(value) is { } quoted)
            return new RemedyMember.Literal(name, JsonValue.Create(quoted));
        if (value is "true" or "false")
            return new RemedyMember.Literal(name, JsonValue.Create(value == "true"));
        if (Integer(value) is { } number)
            return new RemedyMember.Literal(name, JsonValue.Create(number));
        return Narrowing(name, value);
    }

    private static RemedyMember? Narrowing(string name, string value)
    {
        var open = value.IndexOf('(');
        if (open < 0 || !value.EndsWith(')'))
            return null;
        var operands = SplitOutside(value[(open + 1)..^1]).Select(o => o.Trim()).ToArray();
        if (operands.Length < 2 || PathIn(operands[0]) is not { } path)
            return null;
        switch (value[..open].Trim())
        {
            case "first" when operands.Length == 2 && Integer(operands[1]) is >= 1 and <= 10_000 and var count:
                return new RemedyMember.First(name, path, (int)count);
            case "only" when operands[1..].All(o => Quoted(o) is not null):
                return new RemedyMember.Only(name, path, [.. operands[1..].Select(o => Quoted(o)!)]);
            case "under" when operands.Length == 2 && Quoted(operands[1]) is { } folder && RemedyMember.Under.IsPlain(folder):
                return new RemedyMember.Under(name, path, folder);
            default:
                return null;
        }
    }

    private static string? PathIn(string value) =>
        value.StartsWith("args.", StringComparison.Ordinal) && ArgumentPath.IsValid(value[5..]) ? value[5..] : null;

    private static string? Quoted(string value) =>
        value.Length >= 2 && value[0] == '\'' && value[^1] == '\'' && !value[1..^1].Contains('\'') ? value[1..^1] : null;

    private static long? Integer(string value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= -JcsWriter.MaxInteger and <= JcsWriter.MaxInteger
            ? number
            : null;

    /// <summary>The parts between commas that stand in no quotes and no inner parentheses.</summary>
    private static IEnumerable<string> SplitOutside(string list)
    {
        if (string.IsNullOrWhiteSpace(list))
            yield break;
        var (start, quoted, depth) = (0, false, 0);
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] == '\'')
                quoted = !quoted;
            if (!quoted && list[i] is ('(' or ')'))
                depth += list[i] == '(' ? 1 : -1;
            if (list[i] == ',' && !quoted && depth == 0)
            {
                yield return list[start..i];
                start = i + 1;
            }
        }

        yield return list[start..];
    }
}
