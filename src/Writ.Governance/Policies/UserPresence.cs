using System.Globalization;
using System.Text.Json;
using Writ.Governance.Decisions;

namespace Writ.Governance.Policies;

/// <summary>
/// Whether the user acted for authenticated lately enough. An agent's credential proves nothing of a user, so this is known only where a
/// verified token of the user says so, or where a registered enforcement point asserts it, under the name <see cref="Fact"/>, and attested who the user is.
/// </summary>
internal static class UserPresence
{
    /// <summary>The asserted fact: when the user last authenticated, RFC 3339 in UTC.</summary>
    public const string Fact = "user_authenticated_at";

    /// <summary>How far ahead of Writ's clock the clock of whoever asserts may be.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30);

    /// <summary>What is missing, for people; null when the user authenticated within that time.</summary>
    public static string? Missing(Facts facts, TimeSpan within)
    {
        if (facts.Task.User is null)
            return "the rule asks for the user's fresh authentication, and nobody attested a user";
        if (facts.Task.UserFacts is { } verified)
            return verified.AuthenticatedAt is { } proved ? TooOld(facts, proved, within, "auth_time") : "the rule asks for the user's fresh authentication, and the user's token does not say when that was";
        if (facts.Asserted.ValueKind != JsonValueKind.Object || !facts.Asserted.TryGetProperty(Fact, out var asserted))
            return $"the rule asks for the user's fresh authentication, and nobody asserted {Fact}";
        if (asserted.ValueKind != JsonValueKind.String || asserted.GetString() is not { } text || !text.EndsWith('Z')
            || !DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return $"{Fact} is not a time such as 2026-01-31T12:00:00Z";
        return TooOld(facts, at, within, Fact);
    }

    private static string? TooOld(Facts facts, DateTimeOffset at, TimeSpan within, string source)
    {
        var age = facts.Time - at;
        return age < -Ahead ? $"{source} has not come yet"
            : age > within ? FormattableString.Invariant($"the user authenticated {age.TotalSeconds:0} s ago, and the rule allows {within.TotalSeconds:0} s")
            : null;
    }
}
