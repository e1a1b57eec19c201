namespace Writ.Server.Api;

/// <summary>For whom an agent may introduce itself, where it is to run, for how many hours (1 to 168), and why.</summary>
internal sealed record EnrolmentBody(string Reason, string? Owner = null, string? Team = null, string Environment = "development", int Hours = 24);
