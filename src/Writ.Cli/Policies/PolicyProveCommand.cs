using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cedar.Analysis.Smt;
using Writ.Cli.Terminal;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Proofs;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy prove</c>: what is so of every call there could be. Needs no server.</summary>
internal static class PolicyProveCommand
{
    public static Command Create(Session session)
    {
        var folder = new Argument<string>("folder") { Description = "The bundle. The tools of its first tests/*.yaml are known." };
        var questions = new Option<string[]>("--question") { Description = "never ACTION [without approval | without constraint KIND] [when CONDITION]; may be given several times.", HelpName = "TEXT" };
        var other = new Option<string?>("--not-looser-than") { Description = "Another bundle: no call fares better under this one than under that one.", HelpName = "FOLDER" };
        var smt = new Option<string?>("--smt") { Description = "Where the questions that case analysis leaves open go, as SMT-LIB.", HelpName = "FILE.smt2" };
        var alone = new Option<bool>("--no-solver") { Description = "Ask no solver, also where z3 or cvc5 is installed." };
        var command = new Verb("prove", "Prove something of every call there could be, or show a call that refutes it. Ends with 1 where one thing is refuted or stays unknown.",
            "writ policy prove samples/policies/payments --question 'never tool/payments/pay without approval when args.amount.greaterThan(decimal(\"500.00\"))'",
            "writ policy prove candidate --not-looser-than samples/policies/payments")
        {
            folder, questions, other, smt, alone,
        };
        session.Run(command, (parse, screen, _) => Task.FromResult(Prove(
            screen, parse.GetRequiredValue(folder), parse.GetValue(questions) ?? [], parse.GetValue(other), session.Time,
            new ProofAid(parse.GetValue(alone) ? null : SmtSolver.Find()), parse.GetValue(smt))));
        return command;
    }

    private static ExitCode Prove(Screen screen, string folder, string[] questions, string? other, TimeProvider time, ProofAid aid, string? smt)
    {
        if (questions.Length == 0 && other is null)
            return screen.Fail(new Trouble(ExitCode.BadInput, "there is nothing to prove") { Advice = "Ask with --question, or compare with --not-looser-than" });
        var (bundle, trouble) = Read(folder);
        if (bundle is null)
            return screen.Fail(trouble!);
        var (tools, wrongTools) = PolicyLintCommand.Beside(folder, time);
        if (wrongTools is not null)
            return screen.Fail(wrongTools);

        List<(string Text, ProofAnswer Answer)> answers = [.. questions.Select(text => (text, Prover.Answer(text, [bundle], tools, aid)))];
        if (other is not null)
        {
            var (than, wrong) = Read(other);
            if (than is null)
                return screen.Fail(wrong!);
            answers.Add(($"not looser than {other}", Prover.NotLooser([bundle], [than], tools, aid: aid)));
        }

        if (answers.Select(answer => (answer.Text, Invalid: answer.Answer as ProofAnswer.Invalid)).FirstOrDefault(answer => answer.Invalid is not null) is { Invalid: { } invalid } asked)
            return screen.Fail(new Trouble(ExitCode.BadInput, $"{InertText.Of(asked.Text)}: {InertText.Of(invalid.Problem)}"));
        if (smt is not null && Write(smt, aid.Scripts) is { } unwritten)
            return screen.Fail(unwritten);
        foreach (var (text, answer) in answers)
            Show(screen, text, answer);
        screen.Document(new JsonObject { ["bundle"] = bundle.Manifest.Name, ["answers"] = new JsonArray([.. answers.Select(answer => (JsonNode)Document(answer.Text, answer.Answer))]) });
        return answers.TrueForAll(answer => answer.Answer is ProofAnswer.Proved) ? ExitCode.Done : ExitCode.No;
    }

    // One file a solver reads from end to end: each question begins anew.
    private static Trouble? Write(string path, IReadOnlyList<SmtScript> scripts)
    {
        try
        {
            File.WriteAllText(path, scripts.Count == 0 ? "; case analysis left no question open\n" : string.Join("(reset)\n", scripts.Select(script => script.Text)));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Trouble(ExitCode.BadInput, $"{InertText.Of(path)}: {InertText.Of(e.Message)}");
        }
    }

    private static (BundleArchive? Bundle, Trouble? Trouble) Read(string folder) => BundleFolder.Read(folder) switch
    {
        BundleReading.Read { Archive: var archive } when BundlePublication.Problems(archive) is { Count: > 0 } problems => (null, BundleProblems.Of(folder, [.. problems])),
        BundleReading.Read read => (read.Archive, null),
        BundleReading.Refused refused => (null, BundleProblems.Of(folder, refused.Problems)),
        _ => throw new InvalidOperationException(),
    };

    private static void Show(Screen screen, string text, ProofAnswer answer)
    {
        switch (answer)
        {
            case ProofAnswer.Proved proved:
                screen.Pieces(("proved   ", Look.Good), (InertText.Of(text), Look.Plain), ($"  by {proved.Method}", Look.Quiet));
                break;
            case ProofAnswer.Refuted { Example: var example }:
                screen.Pieces(("refuted  ", Look.Bad), (InertText.Of(text), Look.Plain));
                foreach (var (name, value) in Parts(example))
                    screen.Wrapped($"  {name,-11}", new string(' ', 13), InertText.Of(value));
                break;
            case ProofAnswer.Unknown unknown:
                screen.Pieces(("unknown  ", Look.Held), (InertText.Of(text), Look.Plain));
                screen.Wrapped("  ", "  ", InertText.Of(unknown.Reason));
                break;
        }
    }

    private static IEnumerable<(string Name, string Value)> Parts(ProofExample example)
    {
        yield return ("outcome", example.Before is null ? example.Outcome : $"{example.Outcome}, where it was {example.Before}");
        yield return ("rules", string.Join(", ", example.Rules));
        yield return ("principal", $"{example.Principal} {example.Attributes}");
        if (example.Parents.Count > 0)
            yield return ("in", string.Join(", ", example.Parents));
        yield return ("action", example.Action);
        yield return ("resource", example.Resource);
        yield return ("context", example.Context);
    }

    private static JsonObject Document(string text, ProofAnswer answer) => answer switch
    {
        ProofAnswer.Proved proved => new JsonObject { ["question"] = text, ["answer"] = "proved", ["method"] = proved.Method },
        ProofAnswer.Unknown unknown => new JsonObject { ["question"] = text, ["answer"] = "unknown", ["reason"] = unknown.Reason },
        ProofAnswer.Refuted { Example: var example } => new JsonObject
        {
            ["question"] = text,
            ["answer"] = "refuted",
            ["example"] = new JsonObject
            {
                ["outcome"] = example.Outcome,
                ["before"] = example.Before,
                ["rules"] = new JsonArray([.. example.Rules.Select(rule => (JsonNode)rule)]),
                ["principal"] = example.Principal,
                ["attributes"] = example.Attributes,
                ["parents"] = new JsonArray([.. example.Parents.Select(parent => (JsonNode)parent)]),
                ["action"] = example.Action,
                ["resource"] = example.Resource,
                ["context"] = example.Context,
            },
        },
        _ => throw new InvalidOperationException(),
    };
}
