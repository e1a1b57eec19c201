namespace Writ.Cli.Discovery;

/// <summary>What a scan found, in the order it came. Not thread safe.</summary>
internal sealed class Discovered(DiscoveryLimits limits)
{
    private const int MaxSkipped = 200;

    public List<FoundAgent> Agents { get; } = [];

    public List<FoundServer> Servers { get; } = [];

    public List<SkippedFile> Skipped { get; } = [];

    /// <summary>How many files were read.</summary>
    public int Read { get; set; }

    /// <summary>Whether as much was found as is kept.</summary>
    public bool IsFull => Agents.Count + Servers.Count >= limits.Found;

    public void Skip(string file, string why)
    {
        if (Skipped.Count < MaxSkipped)
            Skipped.Add(new SkippedFile(Shown.Path(file), why));
    }

    public void Add(FoundAgent agent)
    {
        if (!IsFull)
            Agents.Add(agent);
    }

    public void Add(FoundServer server)
    {
        if (!IsFull)
            Servers.Add(server);
    }
}
