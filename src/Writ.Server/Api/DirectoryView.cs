using Writ.Governance.Directories;

namespace Writ.Server.Api;

/// <summary>A directory as the API shows it.</summary>
internal sealed record DirectoryView(string Id, string Label, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt, string? Provider, SubjectSource? Subject)
{
    public static DirectoryView Of(DirectoryClient client, DateTimeOffset? used) => new(client.KeyId, client.Label, client.ExpiresAt, used, client.Provider, client.Subject);
}
