using System.Collections.Immutable;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies.Testing;

/// <summary>What has to come of a case. The outcome has to be the one stated; of the rest, what is stated is compared whole.</summary>
public sealed record CaseExpectation
{
    public required Outcome Outcome { get; init; }

    /// <summary>Exactly the rules that decide, as <c>bundle/rule</c>.</summary>
    public ImmutableArray<string>? Reasons { get; init; }

    /// <summary>Exactly the constraints, as a policy writes them.</summary>
    public ImmutableArray<string>? Constraints { get; init; }

    /// <summary>Exactly those who may approve.</summary>
    public ImmutableArray<string>? Approvers { get; init; }

    /// <summary>The code of the refusal.</summary>
    public string? Code { get; init; }

    /// <summary>The tool that is offered instead.</summary>
    public string? RemedyTool { get; init; }

    /// <summary>With what it is offered.</summary>
    public Arguments? RemedyArguments { get; init; }

    /// <summary>The arguments that run.</summary>
    public Arguments? Runs { get; init; }

    /// <summary>What of an answer is not as expected, a sentence each; empty when all is.</summary>
    public ImmutableArray<string> Mismatches(TrialAnswer answer)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        if (answer.Outcome != Outcome)
            found.Add($"outcome: expected {Outcome.Word()}, was {answer.Outcome.Word()}{(answer.Detail is { } detail ? $" ({answer.Code}: {detail})" : "")}");
        Compare("reasons", Reasons, answer.Rules);
        Compare("constraints", Constraints, answer.Constraints);
        Compare("approvers", Approvers, answer.Approvers);
        if (Code is not null && Code != answer.Code)
            found.Add($"code: expected {Code}, was {answer.Code ?? "none"}");
        if (RemedyTool is not null && RemedyTool != answer.Remedy?.Tool)
            found.Add($"remedy: expected {RemedyTool}, was {answer.Remedy?.Tool ?? "none"}");
        Same("remedy", RemedyArguments, answer.Remedy?.Arguments);
        Same("runs", Runs, answer.Runs);
        return found.ToImmutable();

        void Compare(string what, ImmutableArray<string>? expected, ImmutableArray<string> actual)
        {
            if (expected is { } wanted && !wanted.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal)))
                found.Add($"{what}: expected {List(wanted)}, was {List(actual)}");
        }

        void Same(string what, Arguments? expected, Arguments? actual)
        {
            if (expected is not null && expected.Digest != actual?.Digest)
                found.Add($"{what}: expected {expected.Value.GetRawText()}, was {actual?.Value.GetRawText() ?? "none"}");
        }
    }

    private static string List(IEnumerable<string> items) => string.Join(", ", items.Order(StringComparer.Ordinal)) is { Length: > 0 } list ? list : "none";
}
