namespace Writ.Server.Api;

internal sealed record LogView(string Origin, long Size, string Root, long CheckpointSize);
