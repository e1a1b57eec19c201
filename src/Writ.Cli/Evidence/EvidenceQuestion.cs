using System.Text.Json.Nodes;

namespace Writ.Cli.Evidence;

/// <summary>What an evidence pack is about. Immutable.</summary>
internal abstract record EvidenceQuestion
{
    private EvidenceQuestion()
    {
    }

    /// <summary>In words, for people.</summary>
    public abstract string Words { get; }

    /// <summary>As the manifest names it.</summary>
    public abstract JsonObject ToJson();

    /// <summary>Everything of one task.</summary>
    public sealed record OfTask(Guid Id) : EvidenceQuestion
    {
        public override string Words => $"task {Id}";

        public override JsonObject ToJson() => new() { ["task"] = Id.ToString() };
    }

    /// <summary>Everything of one agent.</summary>
    public sealed record OfAgent(Guid Id) : EvidenceQuestion
    {
        public override string Words => $"agent {Id}";

        public override JsonObject ToJson() => new() { ["agent"] = Id.ToString() };
    }

    /// <summary>The records of the decision log from one index to another, both included.</summary>
    public sealed record OfRange(ulong First, ulong Last) : EvidenceQuestion
    {
        public override string Words => $"records {First} to {Last} of the decision log";

        public override JsonObject ToJson() => new() { ["first"] = First, ["last"] = Last };
    }
}
