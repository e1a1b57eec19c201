using System.Collections.Immutable;

namespace Writ.Governance.Controls;

/// <summary>What came of a control action.</summary>
public abstract record ControlOutcome
{
    private ControlOutcome()
    {
    }

    /// <summary>It took effect and is recorded.</summary>
    public sealed record Done(IReadOnlyList<ControlRecord> Records) : ControlOutcome;

    /// <summary>A restriction took effect, but its record waits for the ledger.</summary>
    public sealed record InForceUnrecorded(string Fault) : ControlOutcome;

    /// <summary>The person may not do this.</summary>
    public sealed record NotAllowed(string Cause) : ControlOutcome;

    /// <summary>The person may, and has to be there for it: their passkey has to sign for exactly this request.</summary>
    public sealed record PresenceNeeded : ControlOutcome
    {
        public static PresenceNeeded Instance { get; } = new();
    }

    /// <summary>What was asked makes no sense in the state as it is.</summary>
    public sealed record Invalid(string Cause) : ControlOutcome;

    /// <summary>The agent lacks what it needs to act where it is meant to; all of it is named.</summary>
    public sealed record NotReady(ImmutableArray<string> Unmet) : ControlOutcome;

    /// <summary>The ledger could not take the record; nothing changed.</summary>
    public sealed record NotRecorded(string Fault) : ControlOutcome;
}
