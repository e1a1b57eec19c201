using System.Text;
using Writ.Cedar.Policies;
using Writ.Testing;

namespace Writ.Cedar.Tests.Conformance;

public sealed class CorpusRoundTripTests
{
    [Fact]
    public void Every_policy_of_both_corpora_survives_text_and_json_unchanged()
    {
        var handwritten = Directory.EnumerateFiles(Corpora.Require(IntegrationCorpus.Folder + "/tests"), "*.cedar", SearchOption.AllDirectories)
            .Select(file => (file, File.ReadAllBytes(file)));
        var failures = new List<string>();
        var sources = 0;
        foreach (var (name, source) in IntegrationCorpus.Generated().Select(test => (test.Name, test.Policies)).Concat(handwritten))
        {
            sources++;
            if (PolicySet.Parse(source).TryGet(out var set, out var problems))
                failures.AddRange(RoundTrip.Failures(set).Select(failure => $"{name}: {failure}\n{Encoding.UTF8.GetString(source)}"));
            else
                failures.Add($"{name}: {string.Join("; ", problems)}");
        }

        Assert.True(failures.Count == 0, $"{failures.Count} failures\n{string.Join('\n', failures.Take(10))}");
        Assert.True(sources > 7_809);
    }
}
