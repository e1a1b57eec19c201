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
    public const string Expected = "expected '<tool>(<name> = args.<path> | '<text>' | <integer> | true | false, …)'";

    /// <summary>The template, or null when the text is not one.</summary>
    public static RemedyTemplate? Parse(string text)
    {
        var trimmed = text.Trim();
        var open = trimmed.IndexOf('(');
        if (open < 0 || !trimmed.EndsWith(')') || !ToolName.IsValid(trimmed.AsSpan(0, open).Trim()))
            return null;

        var members = ImmutableArray.CreateBuilder<RemedyMember>();
        foreach (var part in SplitOutsideQuotes(trimmed[(open + 1)..^1]))
        {
            if (Member(part) is not { } member || members.Any(m => m.Name == member.Name))
                return null;
            members.Add(member);
        }

        return new RemedyTemplate(trimmed[..open].Trim(), members.ToImmutable());
    }

    private static RemedyMember? Member(string text)
    {
        var equals = text.IndexOf('=');
        if (equals < 0)
            return null;
        var (name, value) = (text[..equals].Trim(), text[(equals + 1)..].Trim());
        if (!ArgumentPath.IsValid(name) || name.Contains('.'))
            return null;
        if (value.StartsWith("args.", StringComparison.Ordinal) && ArgumentPath.IsValid(value[5..]))
            return new RemedyMember.Taken(name, value[5..]);
        if (value.Length >= 2 && value[0] == '\'' && value[^1] == '\'' && !value[1..^1].Contains('\''))
            return new RemedyMember.Literal(name, JsonValue.Create(value[1..^1]));
        if (value is "true" or "false")
            return new RemedyMember.Literal(name, JsonValue.Create(value == "true"));
        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= -JcsWriter.MaxInteger and <= JcsWriter.MaxInteger
            ? new RemedyMember.Literal(name, JsonValue.Create(number))
            : null;
    }

    private static IEnumerable<string> SplitOutsideQuotes(string list)
    {
        if (string.IsNullOrWhiteSpace(list))
            yield break;
        var (start, quoted) = (0, false);
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] == '\'')
                quoted = !quoted;
            if (list[i] == ',' && !quoted)
            {
                yield return list[start..i];
                start = i + 1;
            }
        }

        yield return list[start..];
    }
}
