namespace Writ.Cli.Discovery;

/// <summary>How far a scan goes. What is beyond is told, and not looked at.</summary>
internal sealed record DiscoveryLimits
{
    /// <summary>The most entries of folders that are seen.</summary>
    public int Entries { get; init; } = 200_000;

    /// <summary>The most files that are read.</summary>
    public int Files { get; init; } = 10_000;

    /// <summary>The longest file that is read, in bytes.</summary>
    public int FileBytes { get; init; } = 1 << 20;

    /// <summary>How many folders deep.</summary>
    public int Depth { get; init; } = 24;

    /// <summary>The most things that are found.</summary>
    public int Found { get; init; } = 5_000;

    /// <summary>How long it may take.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);
}
