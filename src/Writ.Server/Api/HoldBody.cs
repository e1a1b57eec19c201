namespace Writ.Server.Api;

/// <summary>A legal hold to be placed.</summary>
/// <param name="Name">What people call it: 1 to 63 lower-case letters, digits and inner hyphens.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
/// <param name="Subject">The one subject it covers, <c>user/&lt;name&gt;</c> or <c>agent/&lt;id&gt;</c>; null for everything.</param>
internal sealed record HoldBody(string Name, string Reason, string? Subject = null);
