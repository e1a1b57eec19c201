using System.Text.Json;
using Writ.Cedar.Policies;
using Writ.Cedar.Tests.Generation;
using Writ.Cedar.Validation;
using Writ.Testing;

namespace Writ.Cedar.Tests.Oracle;

/// <summary>What is a policy, and what is a valid one, asked of Cedar's own engine.</summary>
public sealed class LanguageOracleTests
{
    private const string Schema = """
        entity User in [Group] { a: Long, b?: String, c: Set<Long> } tags String;
        entity Group { a?: Group, c: { a: Bool, b?: Long } };
        entity principal;
        namespace N { entity Photo in [Group] { a: decimal, b: ipaddr, c?: datetime, "has space": duration }; }
        action view, edit appliesTo { principal: [User, Group], resource: [N::Photo, User], context: { a: Long, b?: Bool, c: { a: String } } };
        """;

    private static readonly string[] Pieces = ["(", ")", "{", "}", "[", "]", ";", ",", ".", "::", "==", "=", "!", "-", "&&", "||", "\"", "\\", "when", "unless", "in", "has", "like", "is", "if", "then", "else", "?principal", "@a", "9223372036854775808", "0", "//", "\n", "*", "ip", "a"];

    [Fact]
    public void T01_a_text_is_a_policy_set_exactly_when_Cedars_own_engine_takes_it_for_one()
    {
        using var oracle = CedarOracle.Start();
        var failures = new List<string>();
        int accepted = 0, asked = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var (generate, random) = (new PolicyGenerator(seed), new Random(seed));
            var texts = Enumerable.Range(0, 40).Select(i => Changed(generate.StaticPolicy("p", Effect.Permit).ToString(), random, i % 4)).ToArray();
            var answers = oracle.Ask(new { parse = texts });
            for (var i = 0; i < texts.Length; i++, asked++)
            {
                var ours = PolicySet.Parse(texts[i]).TryGet(out var set, out _) && set.Templates.IsEmpty;
                if (ours != answers[i].GetBoolean())
                    failures.Add($"seed {seed} #{i}, {(ours ? "only ours takes" : "ours alone refuses")}:\n{texts[i]}");
                accepted += ours ? 1 : 0;
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {asked}:\n{string.Join("\n\n", failures.Take(8))}");
        Assert.InRange(accepted, asked / 4, asked * 3 / 4);
    }

    [Fact]
    public void A_generated_policy_is_valid_exactly_when_Cedars_own_engine_finds_it_so()
    {
        using var oracle = CedarOracle.Start();
        var validator = new Validator(Cedar.Schema(Schema));
        var failures = new List<string>();
        int valid = 0, asked = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var generate = new PolicyGenerator(seed);
            var texts = Enumerable.Range(0, 40).Select(i => Typed(generate, i)).ToArray();
            var answers = oracle.Ask(new { schema = Schema, policies = texts });
            for (var i = 0; i < texts.Length; i++, asked++)
            {
                var findings = validator.Validate(Cedar.Policies(texts[i]));
                var ours = !findings.Any(finding => finding.Severity == Severity.Error);
                if (answers.ValueKind != JsonValueKind.Array || ours != answers[i].GetBoolean())
                    failures.Add($"seed {seed} #{i}, ours {ours}, Cedar {answers}:\n{texts[i]}\n{string.Join('\n', findings)}");
                valid += ours ? 1 : 0;
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {asked}:\n{string.Join("\n\n", failures.Take(8))}");
        Assert.True(valid > 500, $"{valid} of {asked} are valid");
    }

    private static string Changed(string text, Random random, int changes)
    {
        for (; changes > 0; changes--)
        {
            var at = random.Next(text.Length + 1);
            var piece = Pieces[random.Next(Pieces.Length)];
            text = random.Next(3) switch
            {
                0 => text.Insert(at, piece),
                1 => text.Remove(at, Math.Min(random.Next(1, 6), text.Length - at)),
                _ => text[..at] + piece + text[Math.Min(text.Length, at + piece.Length)..],
            };
        }

        // Half of a surrogate pair is no text that another engine could be handed.
        return string.Concat(text.EnumerateRunes());
    }

    // Scopes that can apply, and conditions that are small enough to be valid now and then.
    private static string Typed(PolicyGenerator generate, int number) =>
        $"permit (principal{(number % 3 == 0 ? " is User" : "")}, action{(number % 2 == 0 ? " == Action::\"view\"" : "")}, resource) when {{ ({generate.Expr(1 + (number % 3))}) == ({generate.Expr(number % 2)}) }};";
}
