namespace SupportDesk;

/// <summary>Something the caller asked for that the desk cannot do; the message is for the caller.</summary>
internal sealed class DeskException(string message) : Exception(message);
