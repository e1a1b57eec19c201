namespace Writ.Server.Api;

/// <summary>A grant that is being taken away and is to stay.</summary>
internal sealed record RestoreBody(string Grant, string Reason);
