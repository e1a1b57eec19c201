using System.Collections.Immutable;
using Writ.Governance.People;

namespace Writ.Server.Login;

/// <summary>A person's token, as people see it. <c>LastUsedAt</c> is of this run of the server.</summary>
internal sealed record TokenView(string Id, string? Label, ImmutableArray<PersonCapability>? Capabilities, bool ReadOnly, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    public static TokenView Of(PersonToken token, DateTimeOffset? lastUse) =>
        new(token.KeyId, token.Label, token.Scope?.Capabilities, token.Scope?.ReadOnly ?? false, token.ExpiresAt, lastUse);
}
