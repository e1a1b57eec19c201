using System.Collections.Concurrent;
using Writ.Governance.Policies.Remote;

namespace Writ.Governance.Tests;

/// <summary>Decision points that answer what a test tells them to, and remember what they were asked.</summary>
internal sealed class StubPoints : IDecisionPoints
{
    public ConcurrentQueue<PointQuestion> Asked { get; } = new();

    /// <summary>The answer; a clear yes by default.</summary>
    public Func<PointQuestion, CancellationToken, Task<PointReply>> Answer { get; set; } = (_, _) => Task.FromResult<PointReply>(PointReply.Allowed.Instance);

    public void Say(PointReply reply) => Answer = (_, _) => Task.FromResult(reply);

    public async ValueTask<PointReply> AskAsync(PointQuestion question, CancellationToken cancellation)
    {
        Asked.Enqueue(question);
        return await Answer(question, cancellation);
    }
}
