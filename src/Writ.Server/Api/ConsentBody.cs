namespace Writ.Server.Api;

/// <summary>Who is to be allowed to ask an agent to work, for how many days (1 to 366, by default 90), and why.</summary>
internal sealed record ConsentBody(string Who, string Reason, int Days = 90);
