using System.Collections.Concurrent;
using System.Text.Json;
using Writ.Governance.Decisions;
using Writ.Governance.NamedFacts;

namespace Writ.Governance.Tests;

/// <summary>A source of facts that answers what a test tells it to, and remembers what it was asked.</summary>
internal sealed class StubFacts : IFactClient
{
    public ConcurrentQueue<FactQuery> Asked { get; } = new();

    /// <summary>The answer; none by default.</summary>
    public Func<FactQuery, CancellationToken, Task<FactAnswer>> Answer { get; set; } = (_, _) => Task.FromResult<FactAnswer>(new FactAnswer.Unavailable("nothing is there"));

    public void Say(string json) => Answer = (_, _) => Task.FromResult<FactAnswer>(new FactAnswer.Answered(JsonElement.Parse(json), "stub"));

    /// <summary>Answers by the key that is asked for; null for none.</summary>
    public void Say(Func<string, string?> answer) => Answer = (query, _) => Task.FromResult<FactAnswer>(
        answer(query.Key) is { } json ? new FactAnswer.Answered(JsonElement.Parse(json), "stub") : new FactAnswer.Unavailable("unknown"));

    public async ValueTask<FactAnswer> AskAsync(FactQuery query, ActionRequest asker, CancellationToken cancellation)
    {
        Asked.Enqueue(query);
        return await Answer(query, cancellation);
    }
}
