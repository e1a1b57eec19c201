using System.Collections.Immutable;

namespace Writ.Governance.Policies.Constraints;

/// <summary>
/// A limit under which an action is allowed. A closed catalogue, because a limit that nobody enforces is none: each kind is either
/// applied to the arguments before the action is decided again, or enforced by the door, and a door that cannot enforce one denies.
/// </summary>
public abstract record Constraint
{
    private Constraint()
    {
    }

    /// <summary>The kind's word in policies and records.</summary>
    public abstract string Kind { get; }

    /// <summary>The constraint as a policy would write it.</summary>
    public abstract override string ToString();

    /// <summary>A number among the arguments is lowered to a maximum; absent, it is set to it.</summary>
    /// <param name="Argument">The argument's name, dots between levels.</param>
    /// <param name="Maximum">The largest value that may run.</param>
    public sealed record ArgumentClamp(string Argument, decimal Maximum) : Constraint
    {
        public const string Word = "argument_clamp";

        public override string Kind => Word;

        public override string ToString() => FormattableString.Invariant($"{Word} {Argument} <= {Maximum}");
    }

    /// <summary>A text among the arguments must be one of these; anything else, or its absence, denies.</summary>
    public sealed record AllowedValues(string Argument, ImmutableSortedSet<string> Values) : Constraint
    {
        public const string Word = "allowed_values";

        public override string Kind => Word;

        public override string ToString() => $"{Word} {Argument} in {string.Join(", ", Values)}";

        public bool Equals(AllowedValues? other) => other is not null && Argument == other.Argument && Values.SetEquals(other.Values);

        public override int GetHashCode() => HashCode.Combine(Argument, Values.Count);
    }

    /// <summary>The result may have at most this many UTF-8 bytes of content; the door cuts what is beyond and says so.</summary>
    public sealed record OutputLimit(int Bytes) : Constraint
    {
        public const string Word = "output_limit";

        public override string Kind => Word;

        public override string ToString() => FormattableString.Invariant($"{Word} {Bytes}");
    }

    /// <summary>Fields of these names are replaced wherever they stand in the result; content that has no fields is withheld whole.</summary>
    public sealed record RedactFields(ImmutableSortedSet<string> Names) : Constraint
    {
        public const string Word = "redact_fields";

        public override string Kind => Word;

        public override string ToString() => $"{Word} {string.Join(", ", Names)}";

        public bool Equals(RedactFields? other) => other is not null && Names.SetEquals(other.Names);

        public override int GetHashCode() => Names.Count;
    }

    /// <summary>The tool has this long to answer; then the call is cancelled.</summary>
    public sealed record TimeLimit(TimeSpan Duration) : Constraint
    {
        public const string Word = "timeout";

        public override string Kind => Word;

        public override string ToString() => FormattableString.Invariant($"{Word} {(long)Duration.TotalMilliseconds}ms");
    }

    /// <summary>An amount of money among the arguments may be at most this. More, less than nothing, no amount or another currency denies.</summary>
    /// <param name="Argument">The argument that holds the amount: a number, or a text that is a plain decimal number.</param>
    /// <param name="Maximum">The largest amount that may run, in the currency's own unit.</param>
    /// <param name="Currency">The currency the amount has to be in, as three capital letters; null where the tool knows only one.</param>
    /// <param name="CurrencyArgument">The argument that holds the currency; null where <paramref name="Currency"/> is.</param>
    public sealed record AmountLimit(string Argument, decimal Maximum, string? Currency, string? CurrencyArgument) : Constraint
    {
        public const string Word = "max_amount";

        public override string Kind => Word;

        public override string ToString() =>
            FormattableString.Invariant($"{Word} {Argument} <= {Maximum}") + (Currency is null ? "" : $" {Currency} in {CurrencyArgument}");
    }

    /// <summary>What the call costs by the price that people confirmed may be at most this; without a price it is denied.</summary>
    /// <param name="NanoUsd">The most, in billionths of a US dollar.</param>
    public sealed record CostLimit(long NanoUsd) : Constraint
    {
        public const string Word = "max_cost";

        public override string Kind => Word;

        public override string ToString() => $"{Word} {NanoDollars.Write(NanoUsd)} USD";
    }

    /// <summary>No more than so many of these calls may be permitted within any window of time; the next is denied.</summary>
    /// <param name="Count">How many, 1 to <see cref="MaxCount"/>.</param>
    /// <param name="Window">How long the window is, 1 s to 7 days. It slides: there is no moment at which all is forgotten.</param>
    /// <param name="Scope">Whose calls count together.</param>
    /// <param name="Name">The name of a count that several tools share; null to count each tool for itself.</param>
    public sealed record RateLimit(int Count, TimeSpan Window, RateScope Scope, string? Name) : Constraint
    {
        public const string Word = "rate";

        public const int MaxCount = 10_000;

        public override string Kind => Word;

        public override string ToString() =>
            FormattableString.Invariant($"{Word} {Count} per {(long)Window.TotalSeconds}s by {Scope.ToString().ToLowerInvariant()}") + (Name is null ? "" : $" as {Name}");
    }

    /// <summary>The tool's effect class has to be <c>read</c> or <c>fetch</c>.</summary>
    public sealed record ReadOnly : Constraint
    {
        public const string Word = "read_only";

        public static ReadOnly Instance { get; } = new();

        public override string Kind => Word;

        public override string ToString() => Word;
    }

    /// <summary>
    /// The call is about the user acted for and nobody else: an argument is set to the user, and of the result only what names the user
    /// comes back. Without an attested user it is denied.
    /// </summary>
    /// <param name="Argument">The argument that says whose; set to the user's id, whatever the agent wrote.</param>
    /// <param name="Field">The field of the result that says whose; null where the argument alone decides what comes back.</param>
    public sealed record SubjectScope(string Argument, string? Field) : Constraint
    {
        public const string Word = "subject_scope";

        public override string Kind => Word;

        public override string ToString() => $"{Word} {Argument}" + (Field is null ? "" : $" filter {Field}");
    }

    /// <summary>The tool has to run in at least this isolation; see <see cref="Tools.Isolation"/> for what each ring holds back.</summary>
    /// <param name="Level">1 to 3.</param>
    public sealed record Ring(int Level) : Constraint
    {
        public const string Word = "ring";

        public override string Kind => Word;

        public override string ToString() => FormattableString.Invariant($"{Word} {Level}");
    }
}
