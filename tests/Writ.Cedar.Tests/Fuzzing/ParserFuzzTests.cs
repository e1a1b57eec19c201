using System.Text;
using Writ.Cedar.Json;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;
using Writ.Cedar.Tests.Conformance;
using Writ.Cedar.Tests.Generation;

namespace Writ.Cedar.Tests.Fuzzing;

/// <summary>Whatever the input, a reader answers with a value. An exception or a crash fails these tests; the seeds are fixed.</summary>
public sealed class ParserFuzzTests
{
    private static readonly string[] Tokens =
    [
        "permit", "forbid", "(", ")", "{", "}", "[", "]", ",", ";", "::", ":", ".", "@", "==", "!=", "<", "<=", ">", ">=", "=", "in", "is", "has", "like",
        "if", "then", "else", "when", "unless", "principal", "action", "resource", "context", "?principal", "?resource", "?x", "true", "false", "0", "1",
        "9223372036854775807", "9223372036854775808", "\"a\"", "\"\\q\"", "\"", "-", "!", "+", "*", "/", "%", "&&", "||", "User", "Action", "ip", "decimal",
        "contains", "isEmpty", "lessThan", "\n", "//", "\\", "é", "\ud800", "__cedar", "User::\"a\"", "Action::\"v\"", "permit(principal, action, resource)",
    ];

    [Fact]
    public void Random_bytes_get_an_answer()
    {
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            Answer(bytes);
        }
    }

    [Fact]
    public void Random_tokens_get_an_answer()
    {
        var random = new Random(2);
        var accepted = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var text = string.Join(random.Next(4) == 0 ? "" : " ", Enumerable.Range(0, random.Next(40)).Select(_ => Tokens[random.Next(Tokens.Length)]));
            accepted += Answer(text) ? 1 : 0;
        }

        Assert.NotEqual(0, accepted);
    }

    [Fact]
    public void Mutated_policies_get_an_answer_and_what_is_accepted_still_round_trips()
    {
        var random = new Random(3);
        int accepted = 0, refused = 0;
        Property.Holds(2_000, generate =>
        {
            var source = Encoding.UTF8.GetBytes(CedarText.Print(generate.Body())).ToList();
            for (var mutations = random.Next(1, 4); mutations > 0 && source.Count > 0; mutations--)
                Mutate(source, random);
            if (!Answer(source.ToArray()))
            {
                refused++;
                return;
            }

            accepted++;
            Assert.True(PolicySet.Parse(source.ToArray()).TryGet(out var set, out _));
            Assert.Empty(RoundTrip.Failures(set));
        });
        Assert.True(accepted > 50 && refused > 50, $"{accepted} accepted, {refused} refused");
    }

    [Fact]
    public void Mutated_policies_of_the_corpus_get_an_answer()
    {
        var random = new Random(4);
        foreach (var test in IntegrationCorpus.Generated().Where((_, i) => i % 4 == 0))
        {
            var source = test.Policies.ToList();
            for (var mutations = random.Next(1, 4); mutations > 0 && source.Count > 0; mutations--)
                Mutate(source, random);
            Answer(source.ToArray());
        }
    }

    [Fact]
    public void Mutated_json_gets_an_answer()
    {
        var random = new Random(5);
        Property.Holds(2_000, generate =>
        {
            var source = Encoding.UTF8.GetBytes(PolicyJson.Write(generate.Set(2))).ToList();
            for (var mutations = random.Next(1, 4); mutations > 0 && source.Count > 0; mutations--)
                Mutate(source, random);
            byte[] bytes = [.. source];
            _ = PolicyJson.ReadSet(bytes).ToString();
            _ = ValueJson.Read(bytes).ToString();
            _ = EntityJson.Read(bytes).ToString();
            _ = RequestJson.Read(bytes).ToString();
        });
    }

    private static bool Answer(byte[] source) => Answer(PolicySet.Parse(source));

    private static bool Answer(string source) => Answer(PolicySet.Parse(source));

    private static bool Answer(ParseResult<PolicySet> result)
    {
        if (result.TryGet(out var set, out var diagnostics))
            return set.Policies.Length + set.Templates.Length >= 0;
        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, diagnostic => Assert.True(diagnostic is { Line: > 0, Column: > 0 } && diagnostic.Message.Length > 0));
        return false;
    }

    private static void Mutate(List<byte> source, Random random)
    {
        var at = random.Next(source.Count);
        switch (random.Next(5))
        {
            case 0:
                source[at] = (byte)random.Next(256);
                break;
            case 1:
                source.RemoveAt(at);
                break;
            case 2:
                source.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                break;
            case 3:
                source.RemoveRange(at, Math.Min(random.Next(20), source.Count - at));
                break;
            default:
                source.InsertRange(at, source.GetRange(at, Math.Min(random.Next(60), source.Count - at)));
                break;
        }
    }
}
