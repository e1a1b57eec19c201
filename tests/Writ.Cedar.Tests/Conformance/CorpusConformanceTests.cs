
namespace Writ.Cedar.Tests.Conformance;

public sealed class CorpusConformanceTests
{
    [Fact]
    public void T09_every_request_of_the_generated_corpus_is_decided_as_Cedar_decides_it()
    {
        var failures = new List<string>();
        int tests = 0, requests = 0;
        foreach (var test in IntegrationCorpus.Generated())
        {
            tests++;
            requests += CorpusCheck.Run(test, failures);
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {requests}:\n{string.Join('\n', failures.Take(20))}");
        Assert.Equal(7_809, tests);
        Assert.Equal(62_472, requests);
    }
}
