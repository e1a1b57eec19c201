using Writ.Cedar.Json;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;

namespace Writ.Cedar.Tests;

/// <summary>Sends policies through text and JSON in every order and says where one came back changed.</summary>
internal static class RoundTrip
{
    public static IEnumerable<string> Failures(PolicySet set)
    {
        foreach (var body in set.Policies.Select(policy => policy.Body).Concat(set.Templates.Select(template => template.Body)))
        {
            foreach (var failure in Failures(body))
                yield return failure;
        }

        var json = PolicyJson.Write(set);
        if (!PolicyJson.ReadSet(json).TryGet(out var again, out var problems))
            yield return $"the set does not read from its JSON: {string.Join("; ", problems)}\n{json}";
        else if (!again.Policies.SequenceEqual(set.Policies.OrderBy(policy => policy.Link is not null)) || !again.Templates.SequenceEqual(set.Templates))
            yield return $"the set comes back changed from its JSON: {json}";
    }

    public static IEnumerable<string> Failures(PolicyBody body)
    {
        var text = CedarText.Print(body);
        var fromText = FromText(text, out var problem);
        if (fromText is null)
            yield return $"the printed policy does not parse: {problem}\n{text}";
        else if (!fromText.Equals(body))
            yield return $"the printed policy parses to another:\n{text}\n{CedarText.Print(fromText)}";

        var json = PolicyJson.Write(body);
        if (!PolicyJson.Read(json).TryGet(out var fromJson, out var problems))
            yield return $"the JSON does not read: {string.Join("; ", problems)}\n{json}";
        else if (!fromJson.Equals(body))
            yield return $"the JSON reads to another policy: {json}\n{CedarText.Print(fromJson)}";
        else if (CedarText.Print(fromJson) != text)
            yield return $"text, JSON and text again differ:\n{text}\n{CedarText.Print(fromJson)}";
    }

    private static PolicyBody? FromText(string text, out string problem)
    {
        problem = "";
        if (PolicySet.Parse(text).TryGet(out var set, out var problems))
            return set.Policies.Select(policy => policy.Body).Concat(set.Templates.Select(template => template.Body)).Single();
        problem = string.Join("; ", problems);
        return null;
    }
}
