namespace Writ.Server.Configuration;

/// <summary>The answer to loading a configuration: all of it, or every problem found. Never a part.</summary>
public abstract record ConfigurationResult
{
    private ConfigurationResult()
    {
    }

    /// <summary>Everything was understood.</summary>
    /// <param name="Options">The settings.</param>
    /// <param name="File">The file that was read, if there was one.</param>
    public sealed record Loaded(ServerOptions Options, string? File) : ConfigurationResult;

    /// <summary>Nothing is loaded.</summary>
    /// <param name="Problems">What is wrong, by source and line; at least one.</param>
    public sealed record Refused(IReadOnlyList<ConfigurationProblem> Problems) : ConfigurationResult;
}
