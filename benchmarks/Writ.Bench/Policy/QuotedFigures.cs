namespace Writ.Bench.Policy;

/// <summary>Numbers of the Agent Governance Toolkit, to read beside ours: not measured in this run, and on other machines.</summary>
internal static class QuotedFigures
{
    private const string Ours = "quoted, not measured in this run: its .NET engine at b5705588 (2026-08-19), rules of three terms, one matching; measured 2026-11 on 2 virtual AMD EPYC cores, .NET 10";
    private const string Theirs = "quoted, not measured in this run: its docs/BENCHMARKS.md v2.1.0 (2026-03), p50 of the Python engine on its author's machine; the code behind it was removed 2026-07-29";

    public static IReadOnlyList<Figure> All { get; } =
    [
        new("Agent Governance Toolkit, .NET, 1 rule (quoted)", 5.9, "us", null, true, Ours),
        new("Agent Governance Toolkit, .NET, 100 rules (quoted)", 240, "us", null, true, Ours),
        new("Agent Governance Toolkit, .NET, 1,000 rules (quoted)", 2_300, "us", null, true, Ours),
        new("the same allocates, 1,000 rules (quoted)", 6_300_000, "B", null, true, Ours),
        new("Agent Governance Toolkit, Python, 1 rule (quoted)", 11, "us", null, true, Theirs),
        new("Agent Governance Toolkit, Python, 100 rules (quoted)", 30, "us", null, true, Theirs),
    ];
}
