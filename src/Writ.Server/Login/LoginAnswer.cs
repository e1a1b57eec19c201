namespace Writ.Server.Login;

/// <summary>Who is logged in now.</summary>
internal sealed record LoginAnswer(string Organization, string Person);
