namespace Writ.Governance.Policies.Remote;

/// <summary>A port: how decision points outside Writ are asked. The gateways implement it. Thread safe.</summary>
public interface IDecisionPoints
{
    /// <summary>Asks one, once. Throws only when <paramref name="cancellation"/> fires.</summary>
    ValueTask<PointReply> AskAsync(PointQuestion question, CancellationToken cancellation);
}
