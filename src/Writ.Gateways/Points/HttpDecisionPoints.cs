using System.Net;
using System.Runtime.CompilerServices;
using Writ.Governance.Policies.Remote;

namespace Writ.Gateways.Points;

/// <summary>Asks decision points over HTTP. Each registered point has connections of its own, for as long as it is registered. Thread safe.</summary>
public sealed class HttpDecisionPoints(PointSecrets secrets, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null) : IDecisionPoints
{
    // A registered point is immutable; its connections are kept as long as the registry holds it.
    private readonly ConditionalWeakTable<DecisionPoint, PointExchange> _exchanges = new();

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <inheritdoc/>
    public ValueTask<PointReply> AskAsync(PointQuestion question, CancellationToken cancellation) =>
        _exchanges.GetValue(question.Point, point => new PointExchange(point, secrets, _resolve)).AskAsync(question, cancellation);
}
