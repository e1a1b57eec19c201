namespace Writ.Server.Api;

/// <summary>Who joins or leaves a team.</summary>
internal sealed record MemberBody(string Person);
