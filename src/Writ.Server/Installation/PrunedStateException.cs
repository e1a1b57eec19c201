namespace Writ.Server.Installation;

/// <summary>A start that refuses because records are gone, and what has to stand for them is not there.</summary>
internal sealed class PrunedStateException(string code, string message) : Exception(message)
{
    /// <summary>The stable code.</summary>
    public string Code => code;
}
