namespace Writ.Server.Login;

/// <summary>A token that was issued, which is shown here and never again.</summary>
internal sealed record TokenAnswer(TokenView Issued, string Token);
