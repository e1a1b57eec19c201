using System.Collections.Immutable;
using Writ.Governance.Users;

namespace Writ.Server.OAuth;

/// <summary>The user issuers that are believed, and those that wait for a second person.</summary>
internal sealed record UserIssuerList(ImmutableArray<UserIssuer> Issuers, ImmutableArray<ProposedUserIssuer> Proposals);
