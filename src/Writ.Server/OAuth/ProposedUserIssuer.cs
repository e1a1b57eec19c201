using Writ.Governance.Users;

namespace Writ.Server.OAuth;

/// <summary>A user issuer that waits for a second person.</summary>
internal sealed record ProposedUserIssuer(UserIssuer Issuer, string Digest, string By, DateTimeOffset At);
