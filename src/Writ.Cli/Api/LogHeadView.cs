namespace Writ.Cli.Api;

/// <summary>One log: its name, how many records it has, its root, and how many of them are signed for.</summary>
internal sealed record LogHeadView(string Origin, long Size, string Root, long CheckpointSize);
