using System.Collections.Concurrent;
using System.Text.Json;
using Writ.Cedar.Values;
using Writ.Governance.Decisions;
using Writ.Governance.Registry;

namespace Writ.Governance.NamedFacts;

/// <summary>
/// Looks facts up before policies decide: all of a decision at once, each within its own time and together within <see cref="Patience"/>, an
/// answer again only as long as its source says. What fails is unavailable, and never kept. Thread safe.
/// </summary>
public sealed class FactLookups(RegistryHolder registry, TimeProvider time)
{
    /// <summary>The most answers that are kept; beyond it, none is until old ones have gone.</summary>
    public const int MaxKept = 10_000;

    /// <summary>The most look-ups that are open at once; one more is unavailable.</summary>
    public const int MaxOpen = 512;

    // What a constraint changes, or a remedy offers, asks again; and what that brings, once more.
    private const int MaxRounds = 4;

    /// <summary>The longest that one decision waits for facts.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Organization, string Question), FactReading> _kept = new();
    private volatile Dictionary<string, IFactClient> _clients = new(StringComparer.Ordinal);
    private int _open;

    /// <summary>Connects who asks for a kind of source, <c>tool</c> or <c>http</c>. A kind that nobody asks for is unavailable.</summary>
    public void Connect(string kind, IFactClient client) =>
        _clients = new Dictionary<string, IFactClient>(_clients, StringComparer.Ordinal) { [kind] = client };

    /// <summary>
    /// Decides once every question that deciding asks has an answer, or none to be had. While sources think, the world may have moved: what was
    /// true when the walk began is looked at again.
    /// </summary>
    /// <param name="request">The action.</param>
    /// <param name="decide">Decides with what is known; asked again when more is. Pure but for the questions it leaves.</param>
    /// <param name="cancellation">Ends the waiting; what has no answer then is unavailable.</param>
    internal async ValueTask<GateResult> DecideAsync(ActionRequest request, Func<ActionRequest, GateResult> decide, CancellationToken cancellation)
    {
        var result = decide(request);
        var sheet = request.Facts.LookedUp;
        if (sheet.Missing.Count == 0)
            return result;
        // A look-up that needed look-ups could need itself.
        if (request.Facts.Door == Door.FactLookup)
            return result;

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        for (var round = 0; round < MaxRounds && sheet.Missing is { Count: > 0 } missing; round++)
        {
            await Task.WhenAll(missing.Select(query => FillAsync(request, query, either.Token)));
            if (sheet.Missing.Count == missing.Count)
                break;
            result = decide(request);
        }

        return registry.StillHolds(request)
            ? result
            : GateResult.Denied.Because(ReasonCodes.ChangedMeanwhile, "the agent, its key, a tool or a policy changed while facts were looked up");
    }

    private async Task FillAsync(ActionRequest request, FactQuery query, CancellationToken cancellation)
    {
        var question = (request.Facts.Organization.ToString(), query.Identity);
        if (Kept(question, query.Source) is { } kept)
            request.Facts.LookedUp.Add(query, kept);
        else if (!request.Facts.LookedUp.OnlyKept)
            request.Facts.LookedUp.Add(query, await ReadAsync(request, query, question, cancellation));
    }

    private async Task<FactReading> ReadAsync(ActionRequest request, FactQuery query, (string, string) question, CancellationToken cancellation)
    {
        var source = query.Source;
        if (!_clients.TryGetValue(source.Declaration.Kind, out var client))
            return FactReading.Unavailable(source, $"nothing here asks sources of kind {source.Declaration.Kind}");

        var at = time.GetUtcNow();
        var reading = await AskAsync(client, query, request, cancellation) switch
        {
            FactAnswer.Answered { Value.ValueKind: JsonValueKind.Object } answered => new FactReading(source.Read(answered.Value), at, answered.Origin),
            FactAnswer.Unavailable unavailable => FactReading.Unavailable(source, unavailable.Reason),
            _ => FactReading.Unavailable(source, "the answer is not an object"),
        };
        if (source.MaxAge > TimeSpan.Zero && reading.Value is not PoisonValue)
            Keep(question, reading);
        return reading;
    }

    private async Task<FactAnswer> AskAsync(IFactClient client, FactQuery query, ActionRequest request, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _open) > MaxOpen)
        {
            Interlocked.Decrement(ref _open);
            return new FactAnswer.Unavailable("too many look-ups are open");
        }

        using var deadline = new CancellationTokenSource(query.Source.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var asking = CountedAsync(client, query, request, either.Token);
        try
        {
            // Waited for apart, so that not even a client that overlooks its token keeps an action longer.
            return await asking.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return new FactAnswer.Unavailable($"no answer within {query.Source.Timeout.TotalMilliseconds:0} ms");
        }
    }

    /// <summary>A look-up counts as open until it really ends, waited for or not.</summary>
    private async Task<FactAnswer> CountedAsync(IFactClient client, FactQuery query, ActionRequest request, CancellationToken cancellation)
    {
        try
        {
            return await client.AskAsync(query, request, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>An answer that may be used again. A clock that was set back makes it older, not younger.</summary>
    private FactReading? Kept((string, string) question, FactSource source) =>
        source.MaxAge > TimeSpan.Zero && _kept.TryGetValue(question, out var kept)
            && time.GetUtcNow() - kept.At is { } age && age >= TimeSpan.Zero && age <= source.MaxAge
            ? kept
            : null;

    private void Keep((string, string) question, FactReading reading)
    {
        if (_kept.Count >= MaxKept)
        {
            var old = time.GetUtcNow() - FactSource.LongestAge;
            foreach (var entry in _kept.Where(entry => entry.Value.At < old))
                _kept.TryRemove(entry);
        }

        if (_kept.Count < MaxKept)
            _kept[question] = reading;
    }
}
