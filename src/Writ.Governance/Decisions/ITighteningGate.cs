using System.Collections.Immutable;

namespace Writ.Governance.Decisions;

/// <summary>
/// A gate that is asked last, about what all others would permit or hold, and that by its very answer can do nothing but refuse. It
/// may take time; what is only asked about, and what is replayed, does not come here.
/// </summary>
public interface ITighteningGate
{
    /// <summary>The gate's name in records and explanations.</summary>
    string Name { get; }

    /// <summary>Who would have to agree to the action; none where it passes unasked.</summary>
    ImmutableArray<string> Concerned(ActionRequest request);

    /// <summary>Asks them.</summary>
    /// <param name="request">The action.</param>
    /// <param name="arguments">What would run.</param>
    /// <param name="cancellation">Ends it early.</param>
    ValueTask<Tightening> CheckAsync(ActionRequest request, Arguments arguments, CancellationToken cancellation);
}
