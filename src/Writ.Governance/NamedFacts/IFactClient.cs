using Writ.Governance.Decisions;

namespace Writ.Governance.NamedFacts;

/// <summary>Asks one kind of source. Thread safe. Failures are answers; it may throw only when it is cancelled.</summary>
public interface IFactClient
{
    /// <summary>Asks.</summary>
    /// <param name="query">The question.</param>
    /// <param name="asker">The action that is to be decided with the answer.</param>
    /// <param name="cancellation">Fires when the source's time is up.</param>
    ValueTask<FactAnswer> AskAsync(FactQuery query, ActionRequest asker, CancellationToken cancellation);
}
