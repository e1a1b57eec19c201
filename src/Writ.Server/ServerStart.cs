namespace Writ.Server;

/// <summary>What came of starting a server.</summary>
public abstract record ServerStart
{
    private ServerStart()
    {
    }

    /// <summary>It serves.</summary>
    public sealed record Started(WritServer Server) : ServerStart;

    /// <summary>It does not, and nothing is left behind.</summary>
    /// <param name="Code">A stable code.</param>
    /// <param name="Message">What is wrong, and what to do.</param>
    public sealed record Refused(string Code, string Message) : ServerStart;
}
