namespace Writ.Server.Api;

/// <summary>Whom to forget, and why.</summary>
/// <param name="Subject"><c>user/&lt;name&gt;</c> or <c>agent/&lt;id&gt;</c>.</param>
/// <param name="Reason">Why, for a record that is never erased: at most 500 characters, and no personal data.</param>
internal sealed record ErasureBody(string Subject, string Reason);
