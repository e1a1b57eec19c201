namespace Writ.Server.Api;

/// <summary>Why a version is no longer tried, in at most 500 characters; and which, by default whichever is.</summary>
internal sealed record WithdrawBody(string Reason, string? Digest = null);
