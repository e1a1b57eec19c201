namespace Writ.Server.Api;

/// <summary>A registered server. <c>Fault</c> says why its tools could not be read yet, where they could not.</summary>
internal sealed record ServerAnswer(ServerView Server)
{
    public string? Fault { get; init; }
}
