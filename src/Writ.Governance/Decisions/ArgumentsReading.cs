namespace Writ.Governance.Decisions;

/// <summary>What came of reading an agent's arguments.</summary>
public abstract record ArgumentsReading
{
    private ArgumentsReading()
    {
    }

    public sealed record Read(Arguments Arguments) : ArgumentsReading;

    /// <summary>Not arguments: what is wrong and where, without repeating what the agent wrote.</summary>
    public sealed record Refused(string Cause) : ArgumentsReading;
}
