using System.Collections.Immutable;

namespace Writ.Cli.Terminal;

/// <summary>Why a command did not do what was asked, and what to do about it.</summary>
/// <param name="Exit">How the command ends.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record Trouble(ExitCode Exit, string Message)
{
    /// <summary>The stable code, where there is one.</summary>
    public string? Code { get; init; }

    /// <summary>The places that are wrong, for input that has several.</summary>
    public ImmutableArray<TroubleSpot> Spots { get; init; } = [];

    /// <summary>What to do next.</summary>
    public string? Advice { get; init; }
}
