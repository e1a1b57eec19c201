using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Writ.Cedar;

/// <summary>What reading an input gave: the value, or the reasons why there is none. Closed: a success or a failure, never both. Immutable.</summary>
/// <typeparam name="T">What was to be read.</typeparam>
public abstract record ParseResult<T>
    where T : class
{
    private ParseResult()
    {
    }

    /// <summary>Gets the value, or the diagnostics when there is none.</summary>
    /// <param name="value">The value; null when this returns false.</param>
    /// <param name="diagnostics">The reasons; empty when this returns true.</param>
    public bool TryGet([NotNullWhen(true)] out T? value, out ImmutableArray<Diagnostic> diagnostics)
    {
        (value, diagnostics) = this switch
        {
            Success success => (success.Value, ImmutableArray<Diagnostic>.Empty),
            Failure failure => (null, failure.Diagnostics),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return value is not null;
    }

    internal static ParseResult<T> Refuse(Diagnostic diagnostic) => new Failure([diagnostic]);

    /// <summary>The input was read.</summary>
    /// <param name="Value">What was read.</param>
    public sealed record Success(T Value) : ParseResult<T>;

    /// <summary>The input was refused.</summary>
    /// <param name="Diagnostics">Why; at least one.</param>
    public sealed record Failure(ImmutableArray<Diagnostic> Diagnostics) : ParseResult<T>
    {
        /// <summary>All diagnostics, one a line.</summary>
        public override string ToString() => string.Join('\n', Diagnostics);
    }
}
