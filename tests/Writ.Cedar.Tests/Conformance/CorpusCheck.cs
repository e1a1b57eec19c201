using System.Text.Json;
using Writ.Cedar.Authorization;
using Writ.Cedar.Compilation;
using Writ.Cedar.Json;
using Writ.Cedar.Policies;
using Writ.Cedar.Tests.Compilation;

namespace Writ.Cedar.Tests.Conformance;

/// <summary>Compares our answers with the corpus's in decision, determining policies and erring policies, and both evaluators with each other.</summary>
internal static class CorpusCheck
{
    /// <summary>Runs every request of a test and lists those that differ; says how many there were.</summary>
    public static int Run(CorpusTest test, List<string> failures)
    {
        if (!PolicySet.Parse(test.Policies).TryGet(out var policies, out var problems) || !EntityJson.Read(test.Entities).TryGet(out var entities, out problems))
        {
            failures.Add($"{test.Name}: {string.Join("; ", problems)}");
            return test.Requests.GetArrayLength();
        }

        var (count, compiled, buffer) = (0, Compiled.Of(policies), new EvaluationBuffer());
        foreach (var expected in test.Requests.EnumerateArray())
        {
            count++;
            var given = JsonSerializer.Serialize(expected.EnumerateObject().Where(p => p.Name is "principal" or "action" or "resource" or "context").ToDictionary(p => p.Name, p => p.Value));
            if (!RequestJson.Read(given).TryGet(out var request, out problems))
            {
                failures.Add($"{test.Name} #{count}: {string.Join("; ", problems)}");
                continue;
            }

            if (Agreement.Difference(compiled, request, entities, buffer) is { } difference)
                failures.Add($"{test.Name} #{count}: compiled: {difference}");
            var response = Reference.Authorize(policies, request, entities);
            var answer = Describe(response.Decision == Decision.Allow ? "allow" : "deny", response.Reasons.Select(id => id.Value), response.Errors.Select(error => error.Policy.Id.Value));
            var wanted = Describe(expected.GetProperty("decision").GetString()!, Strings(expected.GetProperty("reason")), Strings(expected.GetProperty("errors")));
            if (answer != wanted)
                failures.Add($"{test.Name} #{count}: wanted {wanted}, got {answer} {string.Join("; ", response.Errors)}");
        }

        return count;
    }

    private static string Describe(string decision, IEnumerable<string> reasons, IEnumerable<string> errors) =>
        $"{decision.ToLowerInvariant()} because of [{string.Join(' ', reasons.Order(StringComparer.Ordinal))}], errors in [{string.Join(' ', errors.Order(StringComparer.Ordinal))}]";

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(item => item.GetString()!);
}
