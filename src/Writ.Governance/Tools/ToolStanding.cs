namespace Writ.Governance.Tools;

/// <summary>Whether a tool may be called, and if not, why.</summary>
public abstract record ToolStanding
{
    private ToolStanding()
    {
    }

    /// <summary>Admitted: its definition is pinned, its classification complete, its schema understood.</summary>
    public sealed record Admitted : ToolStanding
    {
        public static Admitted Instance { get; } = new();
    }

    /// <summary>Not callable until a person decides.</summary>
    /// <param name="Cause">What is wrong, for people.</param>
    public sealed record Quarantined(string Cause) : ToolStanding;
}
