namespace Writ.Bench.Replay;

/// <summary>Where the recorded traces lie, beside the checkout or where <c>WRIT_CORPORA</c> says.</summary>
/// <param name="Traces">The trace files.</param>
/// <param name="Tools">The tools they were recorded with.</param>
/// <param name="Bundle">The bundle they are decided against.</param>
internal sealed record Recordings(IReadOnlyList<string> Traces, string Tools, string Bundle)
{
    public static Recordings? Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Writ.slnx")))
            root = root.Parent;
        if (root is null)
            return null;
        var corpora = Environment.GetEnvironmentVariable("WRIT_CORPORA") is { Length: > 0 } named ? named : Path.Combine(root.FullName, "..", "shared", "data");
        var folder = Path.Combine(corpora, "agentdojo", "dev");
        string[] traces = [Path.Combine(folder, "agentdojo.traces.jsonl.gz"), Path.Combine(folder, "agentdyn.traces.jsonl.gz")];
        return traces.All(File.Exists)
            ? new Recordings(traces, Path.Combine(folder, "tools.json"), Path.Combine(root.FullName, "samples", "policies", "approve-high-risk"))
            : null;
    }
}
