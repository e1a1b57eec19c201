using System.Text.Json;
using Writ.Cedar.Authorization;
using Writ.Cedar.Extensions;
using Writ.Cedar.Json;
using Writ.Cedar.Policies;
using Writ.Cedar.Schemas;
using Writ.Cedar.Validation;

namespace Writ.Cedar.Tests.Conformance;

/// <summary>Compares with what Cedar itself said of the generated corpus (cedar-go, made by Cedar's own validator).</summary>
public sealed class ValidationCorpusTests
{
    [Fact]
    public void T09_every_entity_and_request_of_the_corpus_is_as_valid_as_Cedar_finds_it()
    {
        var schemas = IntegrationCorpus.Schemas().ToDictionary(schema => schema.Name, schema => schema.Text, StringComparer.Ordinal);
        var verdicts = Verdicts();
        var failures = new List<string>();
        int entities = 0, requests = 0;
        foreach (var test in IntegrationCorpus.Generated())
        {
            if (!verdicts.TryGetValue(test.Name, out var verdict))
                continue;
            Assert.True(Schema.Parse(schemas[test.Name]).TryGet(out var schema, out _));
            Assert.True(EntityJson.Read(test.Entities).TryGet(out var store, out _));
            var validator = new Validator(schema);
            foreach (var entity in store.Entities)
            {
                if (!verdict.GetProperty("entityValidation").GetProperty("perEntity").TryGetProperty($"{entity.Uid.Type}::{entity.Uid.Id}", out var expected))
                    continue;
                entities++;
                var findings = validator.Validate(entity, store);
                if (findings.IsEmpty != !expected.EnumerateObject().Any())
                    failures.Add($"{test.Name} {entity.Uid}: {string.Join("; ", findings)}");
            }

            foreach (var (given, expected) in test.Requests.EnumerateArray().Zip(verdict.GetProperty("requestValidation").EnumerateArray()))
            {
                requests++;
                var json = JsonSerializer.Serialize(given.EnumerateObject().Where(p => p.Name is "principal" or "action" or "resource" or "context").ToDictionary(p => p.Name, p => p.Value));
                Assert.True(RequestJson.Read(json).TryGet(out var request, out _));
                var findings = validator.Validate(request);
                if (findings.IsEmpty != expected.GetProperty("strict").GetBoolean())
                    failures.Add($"{test.Name} {expected.GetProperty("description")}: {string.Join("; ", findings)}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} failures\n{string.Join('\n', failures.Take(10))}");
        Assert.Equal((48_820, 62_000), (entities, requests));
    }

    [Fact]
    public void T09_every_policy_of_the_corpus_is_as_valid_in_both_modes_as_Cedar_finds_it()
    {
        var verdicts = Verdicts();
        var failures = new List<string>();
        int policies = 0, both = 0, neither = 0, split = 0;
        foreach (var (name, validator, set, _) in Validated())
        {
            if (!verdicts.TryGetValue(name, out var verdict))
                continue;
            foreach (var expected in verdict.GetProperty("policyValidation").GetProperty("perPolicy").EnumerateObject())
            {
                policies++;
                var strict = Errors(validator, set, ValidationMode.Strict);
                var permissive = Errors(validator, set, ValidationMode.Permissive);
                (both, neither, split) = (strict.Count, permissive.Count) switch { (0, 0) => (both + 1, neither, split), (_, 0) => (both, neither, split + 1), _ => (both, neither + 1, split) };
                if (strict.Count == 0 != expected.Value.GetProperty("strict").GetBoolean())
                    failures.Add($"{name} strict: {string.Join("; ", strict)}\n{expected.Value}\n{set}");
                if (permissive.Count == 0 != expected.Value.GetProperty("permissive").GetBoolean())
                    failures.Add($"{name} permissive: {string.Join("; ", permissive)}\n{expected.Value}\n{set}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} failures\n{string.Join('\n', failures.Take(6))}");
        Assert.Equal((7_750, 6_147, 897, 706), (policies, both, neither, split));
    }

    [Fact]
    public void T09_strict_validation_says_of_every_test_of_the_corpus_what_Cedar_says()
    {
        var failures = new List<string>();
        int valid = 0, invalid = 0;
        foreach (var (name, validator, set, test) in Validated())
        {
            var shouldValidate = test.ShouldValidate;
            (valid, invalid) = shouldValidate ? (valid + 1, invalid) : (valid, invalid + 1);
            var errors = Errors(validator, set, ValidationMode.Strict);
            if (errors.Count == 0 != shouldValidate)
                failures.Add($"{name}: {string.Join("; ", errors)}\n{set}");
        }

        Assert.True(failures.Count == 0, $"{failures.Count} failures\n{string.Join('\n', failures.Take(6))}");
        Assert.Equal((6_190, 1_619), (valid, invalid));
    }

    [Fact]
    public void A_valid_policy_of_the_corpus_fails_only_as_no_validation_can_foresee()
    {
        var failures = new List<string>();
        int evaluated = 0, foreseeable = 0;
        foreach (var (name, validator, set, test) in Validated())
        {
            var isValid = Errors(validator, set, ValidationMode.Permissive).Count == 0;
            Assert.True(EntityJson.Read(test.Entities).TryGet(out var store, out _));
            foreach (var given in test.Requests.EnumerateArray())
            {
                var json = JsonSerializer.Serialize(given.EnumerateObject().Where(p => p.Name is "principal" or "action" or "resource" or "context").ToDictionary(p => p.Name, p => p.Value));
                Assert.True(RequestJson.Read(json).TryGet(out var request, out _));
                evaluated++;
                foreach (var error in Reference.Evaluate(set, request, store).Errors.Where(error => error.Kind is not (FaultKind.EntityMissing or FaultKind.Overflow or FaultKind.Extension)))
                {
                    if (isValid)
                        failures.Add($"{name}: {error}\n{set}");
                    else
                        foreseeable++;
                }
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} failures\n{string.Join('\n', failures.Take(6))}");
        Assert.Equal(62_472, evaluated);
        Assert.True(foreseeable > 0);
    }

    private static List<Finding> Errors(Validator validator, PolicySet set, ValidationMode mode) =>
        [.. validator.Validate(set, mode).Where(finding => finding.Severity == Severity.Error)];

    private static IEnumerable<(string Name, Validator Validator, PolicySet Policies, CorpusTest Test)> Validated()
    {
        var schemas = IntegrationCorpus.Schemas().ToDictionary(schema => schema.Name, schema => schema.Text, StringComparer.Ordinal);
        foreach (var test in IntegrationCorpus.Generated())
        {
            Assert.True(Schema.Parse(schemas[test.Name]).TryGet(out var schema, out _));
            Assert.True(PolicySet.Parse(test.Policies).TryGet(out var policies, out _));
            yield return (test.Name, new Validator(schema), policies, test);
        }
    }

    private static Dictionary<string, JsonElement> Verdicts() => TarArchive.Files("cedar-go-validation/corpus-tests-validation.tar.gz").ToDictionary(
        file => file.Name[..^".validation.json".Length], file => JsonDocument.Parse(file.Content).RootElement, StringComparer.Ordinal);
}
