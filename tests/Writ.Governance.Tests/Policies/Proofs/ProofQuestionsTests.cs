using Writ.Cedar.Analysis.Smt;
using Writ.Governance.Policies;
using Writ.Governance.Policies.Proofs;

namespace Writ.Governance.Tests.Policies.Proofs;

public sealed class ProofQuestionsTests
{
    // How many of the sixty case analysis alone leaves open; at most nine may be.
    private const int Open = 1;

    [Fact]
    public void At_most_15_percent_of_60_questions_over_the_ten_packs_stay_open_and_no_answer_is_wrong()
    {
        var questions = ProofPacks.Questions().ToArray();
        Assert.Equal(60, questions.Length);
        var answers = questions.Select(question => (Question: question, Answer: Prover.Answer(question.Text, [ProofPacks.Bundle(question.Pack)], ProofPacks.Tools(question.Pack)))).ToArray();
        Assert.Empty(answers
            .Where(pair => pair.Answer is ProofAnswer.Invalid || (pair.Answer is not ProofAnswer.Unknown && Word(pair.Answer) != pair.Question.Expected))
            .Select(pair => $"{pair.Question.Pack}: {pair.Question.Text}: expected {pair.Question.Expected}, got {pair.Answer}"));
        var open = answers.Where(pair => pair.Answer is ProofAnswer.Unknown).Select(pair => $"{pair.Question.Text}: {pair.Answer}").ToArray();
        Assert.True(open.Length <= 9, string.Join('\n', open));
        Assert.True(open.Length == Open, $"{open.Length} are open, not {Open}:\n{string.Join('\n', open)}");
    }

    [Fact]
    public void With_a_solver_no_answer_is_wrong_either_and_no_more_stay_open()
    {
        var solver = SmtSolver.Find();
        Assert.SkipWhen(solver is null, "no solver is installed: apt-get install z3 (and util-linux, for prlimit)");
        var aid = new ProofAid(solver);
        var answers = ProofPacks.Questions().Select(question => (Question: question, Answer: Prover.Answer(question.Text, [ProofPacks.Bundle(question.Pack)], ProofPacks.Tools(question.Pack), aid))).ToArray();
        Assert.Empty(answers
            .Where(pair => pair.Answer is ProofAnswer.Invalid || (pair.Answer is not ProofAnswer.Unknown && Word(pair.Answer) != pair.Question.Expected))
            .Select(pair => $"{pair.Question.Pack}: {pair.Question.Text}: expected {pair.Question.Expected}, got {pair.Answer}"));
        Assert.InRange(answers.Count(pair => pair.Answer is ProofAnswer.Unknown), 0, Open);
        Assert.NotEmpty(aid.Scripts);
    }

    [Fact]
    public void What_takes_arithmetic_is_open_to_case_analysis_written_down_and_answered_by_a_solver()
    {
        const string Proved = "never tool/shop/order when args.price * args.count > 1000";
        const string Refuted = "never tool/shop/order when args.price * args.count == args.price + args.price";
        var bundle = World.Bundle("permit (principal, action, resource);\nforbid (principal, action, resource) when { context.args.price * context.args.count > 999 };");
        Assert.IsType<ProofAnswer.Unknown>(Prover.Answer(Proved, [bundle], null));
        var written = new ProofAid(null);
        Assert.IsType<ProofAnswer.Unknown>(Prover.Answer(Proved, [bundle], null, written));
        Assert.NotEmpty(written.Scripts);
        var solver = SmtSolver.Find();
        Assert.SkipWhen(solver is null, "no solver is installed: apt-get install z3 (and util-linux, for prlimit)");
        Assert.Equal($"case analysis and {solver.Name}", Assert.IsType<ProofAnswer.Proved>(Prover.Answer(Proved, [bundle], null, new ProofAid(solver))).Method);
        Assert.IsType<ProofAnswer.Refuted>(Prover.Answer(Refuted, [bundle], null, new ProofAid(solver)));
    }

    [Theory]
    [InlineData("payments", "decimal(\"500.00\")", "decimal(\"500.01\")", "never tool/payments/pay without approval when args.amount.greaterThan(decimal(\"500.00\"))")]
    [InlineData("payments", "context.args.age_days > 30", "context.args.age_days > 31", "never tool/payments/refund when args.age_days > 30")]
    [InlineData("payments", "@discharge(\"approval\")\n@approvers(\"capability/security\")\n@reason(\"Whoever adds", "@discharge(\"constraint\")\n@constraint(\"timeout 1s\")\n@reason(\"Whoever adds", "never tool/payments/add_payee without approval")]
    [InlineData("source-control", "context.args.into == \"main\" && context.args.reviews < 2", "context.args.into == \"main\" && context.args.reviews < 1", "never tool/git/merge when args.into == \"main\" && args.reviews <= 1")]
    [InlineData("source-control", "Writ::Action::\"tool/git/force_push\"\n    ],", "Writ::Action::\"tool/git/force_push\", Writ::Action::\"tool/git/create_token\"\n    ],", "never effect/credential")]
    [InlineData("brand-rules", "discount_percent > 20", "discount_percent > 21", "never tool/publishing/publish_post without approval when args.discount_percent == 21")]
    [InlineData("shell-and-files", "bytes > 1048576", "bytes > 1048577", "never tool/workstation/write_path without approval when args.bytes == 1048577")]
    [InlineData("money-limits", "principal.risk >= 3", "principal.risk > 3", "never effect/money when principal.risk == 3")]
    [InlineData("data-protection", "unless { context.task has purpose", "when { context.task has purpose", "never tool/customer-data/delete_profile when !(context.task has purpose)")]
    public void A_seeded_defect_is_found_with_a_call(string pack, string right, string wrong, string question)
    {
        var bundle = ProofPacks.Bundle(pack);
        Assert.IsType<ProofAnswer.Proved>(Prover.Answer(question, [bundle], ProofPacks.Tools(pack)));
        var broken = bundle with { Files = [.. bundle.Files.Select(file => file with { Text = file.Text.Replace(right, wrong, StringComparison.Ordinal) })] };
        Assert.NotEqual(bundle.Digest, broken.Digest);
        Assert.IsType<ProofAnswer.Refuted>(Prover.Answer(question, [broken], ProofPacks.Tools(pack)));
        Assert.IsNotType<ProofAnswer.Proved>(Prover.NotLooser([broken], [bundle], ProofPacks.Tools(pack)));
    }

    [Theory]
    [InlineData("payments")]
    [InlineData("data-protection")]
    [InlineData("infrastructure-gate")]
    [InlineData("money-limits")]
    [InlineData("source-control")]
    public void A_pack_is_never_looser_than_itself_and_an_added_forbid_only_tightens(string pack)
    {
        var bundle = ProofPacks.Bundle(pack);
        Assert.IsType<ProofAnswer.Proved>(Prover.NotLooser([bundle], [bundle], ProofPacks.Tools(pack)));
        var tighter = bundle with { Files = [.. bundle.Files, new BundleFile("zz.cedar", "@id(\"more\") forbid (principal, action, resource) when { principal.risk > 1 };")] };
        Assert.IsType<ProofAnswer.Proved>(Prover.NotLooser([tighter], [bundle], ProofPacks.Tools(pack)));
        Assert.IsType<ProofAnswer.Refuted>(Prover.NotLooser([bundle], [tighter], ProofPacks.Tools(pack)));
    }

    [Theory]
    [InlineData("@constraint(\"timeout 60s\")", "@constraint(\"timeout 30s\")", true)]
    [InlineData("@constraint(\"timeout 60s\")", "@constraint(\"timeout 61s\")", false)]
    [InlineData("@approvers(\"capability/platform\")", "@approvers(\"capability/platform\")\n@quorum(\"2\")", true)]
    [InlineData("@approvers(\"capability/platform\")", "@approvers(\"capability/platform, capability/app\")", false)]
    public void A_looser_limit_or_circle_of_approvers_is_looser(string now, string then, bool proved)
    {
        var bundle = ProofPacks.Bundle("shell-and-files");
        var changed = bundle with { Files = [.. bundle.Files.Select(file => file with { Text = file.Text.Replace(now, then, StringComparison.Ordinal) })] };
        var answer = Prover.NotLooser([changed], [bundle], ProofPacks.Tools("shell-and-files"));
        Assert.IsType(proved ? typeof(ProofAnswer.Proved) : typeof(ProofAnswer.Refuted), answer);
    }

    [Theory]
    [InlineData("sometimes tool/payments/pay")]
    [InlineData("never tool/payments/pay without constraint luck")]
    [InlineData("never tool/payments/pay when args.amount >")]
    [InlineData("never tool/payments/pay when true }; permit (principal, action, resource) when { true")]
    [InlineData("never effect/teleport")]
    public void What_is_no_question_has_no_answer(string question) =>
        Assert.IsType<ProofAnswer.Invalid>(Prover.Answer(question, [ProofPacks.Bundle("payments")], ProofPacks.Tools("payments")));

    [Fact]
    public void Without_tools_a_name_is_asked_about_in_every_effect_class()
    {
        var bundle = World.Bundle("permit (principal, action, resource);\nforbid (principal, action in Writ::Action::\"effect/money\", resource);");
        Assert.IsType<ProofAnswer.Refuted>(Prover.Answer("never tool/desk/refund", [bundle], null));
        Assert.IsType<ProofAnswer.Proved>(Prover.Answer("never tool/desk/refund", [World.Bundle("permit (principal, action in Writ::Action::\"server/mail\", resource);")], null));
    }

    private static string Word(ProofAnswer answer) => answer is ProofAnswer.Proved ? "proved" : "refuted";
}
