using System.Text;
using System.Text.RegularExpressions;
using Writ.Cedar.Expressions;
using Writ.Cedar.Policies;
using Writ.Governance.Policies.Constraints;

namespace Writ.Governance.Policies.Proofs;

/// <summary>
/// A question about every call there could be: <c>never ACTION [without approval | without constraint KIND] [when CONDITION]</c>. Immutable.
/// </summary>
/// <param name="Text">As it was asked.</param>
/// <param name="Action">A tool, <c>tool/server/name</c>, or a group of tools: <c>effect/money</c>, <c>server/desk</c>, <c>tool/call</c>.</param>
/// <param name="Unless">What has to be there for a call to run.</param>
/// <param name="Kind">The kind of constraint, where one has to be.</param>
internal sealed partial record ProofQuestion(string Text, string Action, ProofDemand Unless, string? Kind)
{
    private const int MaxLength = 4096;

    /// <summary>Which calls it is about; null for all.</summary>
    public Expr? When { get; private init; }

    /// <summary>Reads a question; null and the problem when it is none.</summary>
    public static ProofQuestion? Parse(string text, out string? problem)
    {
        problem = null;
        if (text.Length > MaxLength || Form().Match(text) is not { Success: true } match)
        {
            problem = "a question is `never ACTION`, then perhaps `without approval` or `without constraint KIND`, then perhaps `when CONDITION`, in at most 4096 characters";
            return null;
        }

        var kind = match.Groups["kind"] is { Success: true } stated ? stated.Value : null;
        if (kind is not null && !ConstraintKinds.All.Contains(kind))
        {
            problem = $"'{kind}' is no kind of constraint; there are {string.Join(", ", ConstraintKinds.All.Order(StringComparer.Ordinal))}";
            return null;
        }

        var demand = kind is not null ? ProofDemand.Constraint : match.Groups["approval"].Success ? ProofDemand.Approval : ProofDemand.Nothing;
        var question = new ProofQuestion(text, match.Groups["action"].Value, demand, kind);
        if (match.Groups["when"] is not { Success: true } when)
            return question;
        var source = $"permit (principal, action, resource) when {{ {WithContext(when.Value)} }};";
        if (!PolicySet.Parse(source).TryGet(out var set, out var diagnostics))
        {
            problem = $"the condition is not Cedar: {diagnostics[0].Message}";
            return null;
        }

        if (set is not { Policies: [{ Conditions: [{ Kind: ConditionKind.When, Body: var condition }] }] })
        {
            problem = "the condition is one expression";
            return null;
        }

        return question with { When = condition };
    }

    // `args` that stands alone, outside of text, is `context.args`.
    private static string WithContext(string condition)
    {
        var written = new StringBuilder();
        for (var at = 0; at < condition.Length;)
        {
            var token = Token().Match(condition, at);
            var alone = token.Value == "args" && !written.ToString().TrimEnd().EndsWith('.');
            written.Append(alone ? "context.args" : token.Value);
            at += token.Length;
        }

        return written.ToString();
    }

    [GeneratedRegex("""(?:"(?:[^"\\]|\\.)*"|\w+|.)""", RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("""^\s*never\s+(?<action>[^\s"']+)(?:\s+without\s+(?:(?<approval>approval)|constraint\s+(?<kind>\w+)))?(?:\s+when\s+(?<when>.+))?\s*$""", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();
}
