using Writ.Cedar.Json;
using Writ.Cedar.Schemas;
using Writ.Cedar.Tests.Generation;
using Writ.Cedar.Validation;

namespace Writ.Cedar.Tests.Fuzzing;

/// <summary>Whatever the schema or the policy, the answer is a value. An exception or a crash fails these tests; the seeds are fixed.</summary>
public sealed class SchemaFuzzTests
{
    private static readonly string[] Tokens =
    [
        "entity", "action", "type", "namespace", "A", "B", "C", "N", "{", "}", "[", "]", "<", ">", ",", ";", ":", "::", "?", "=", "in", "appliesTo", "principal", "resource",
        "context", "tags", "enum", "attributes", "Set", "Set<", "Long", "String", "__cedar", "__cedar::Long", "ipaddr", "\"a\"", "\"", "@a", "@a(\"b\")", "//", "\n", "1", "Action::\"a\"",
        "entity A;", "entity B = { a?: A };", "type C = { b: B };", "action a appliesTo { principal: A, resource: B, context: C };", "namespace N { entity D; }", "\ud800",
    ];

    [Fact]
    public void Random_tokens_get_an_answer_and_what_is_accepted_survives_both_forms()
    {
        var random = new Random(3);
        var accepted = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(14)).Select(_ => Tokens[random.Next(Tokens.Length)]));
            Schema.Parse(text).TryGet(out _, out _);
            if (!SchemaDocument.Parse(text).TryGet(out var document, out var problems))
            {
                Assert.NotEmpty(problems);
                continue;
            }

            accepted++;
            var json = SchemaJson.Write(document);
            Assert.True(SchemaJson.Read(json).TryGet(out var again, out problems), string.Join('\n', problems));
            Assert.Equal(json, SchemaJson.Write(again));
            Assert.True(again.Print().TryGet(out var printed, out problems), string.Join('\n', problems));
            Assert.True(SchemaDocument.Parse(printed).TryGet(out var last, out problems), string.Join('\n', problems));
            Assert.Equal(json, SchemaJson.Write(last));
        }

        Assert.InRange(accepted, 100, 29_000);
    }

    [Fact]
    public void Random_policies_get_an_answer_and_what_is_strictly_valid_is_permissively_valid()
    {
        var validator = new Validator(Cedar.Schema("""
            entity User in [User] = { a?: Long, b: Bool, name: String } tags Long; entity Photo in [User] = { a: Long, owner: User };
            action view appliesTo { principal: [User, Photo], resource: [Photo, User], context: { a?: Long, b: Bool, c: { d: Set<Long> } } };
            """));
        Property.Holds(2_000, generator =>
        {
            var policies = generator.Set(1);
            var strict = validator.Validate(policies).Any(finding => finding.Severity == Severity.Error);
            var permissive = validator.Validate(policies, ValidationMode.Permissive).Any(finding => finding.Severity == Severity.Error);
            Assert.True(strict || !permissive);
        });
    }
}
