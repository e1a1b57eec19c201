using System.Collections.Immutable;

namespace Writ.Governance.Directories;

/// <summary>What a directory says of a person, in clear: only ever in memory. Immutable.</summary>
public sealed record DirectoryUser
{
    /// <summary>The longest text in it, in characters.</summary>
    public const int MaxText = 256;

    /// <summary>The most e-mail addresses.</summary>
    public const int MostEmails = 16;

    /// <summary>What the person logs in to the directory as; unique among its users, whatever the case.</summary>
    public required string UserName { get; init; }

    /// <summary>What the directory itself calls the person.</summary>
    public string? ExternalId { get; init; }

    public string? DisplayName { get; init; }

    public string? Formatted { get; init; }

    public string? GivenName { get; init; }

    public string? FamilyName { get; init; }

    public ImmutableArray<DirectoryEmail> Emails { get; init; } = [];

    /// <summary>What is wrong with it, by attribute; null when nothing is.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Problem =>
        !IsText(UserName) ? $"userName: 1 to {MaxText} characters, none of them a control character"
        : !new[] { ExternalId, DisplayName, Formatted, GivenName, FamilyName }.All(text => text is null || IsText(text)) ? $"externalId, displayName and the parts of name: 1 to {MaxText} characters each, none of them a control character"
        : Emails.Length > MostEmails || !Emails.All(email => IsText(email.Value) && (email.Type is null || IsText(email.Type)) && (email.Display is null || IsText(email.Display)))
            ? $"emails: at most {MostEmails}, each with a value of 1 to {MaxText} characters"
        : Emails.Count(email => email.Primary) > 1 ? "emails: at most one is primary"
        : null;

    /// <summary>The subject of the person's account by an attribute; null where the attribute has none.</summary>
    public string? Subject(SubjectSource source) => source switch
    {
        SubjectSource.ExternalId => ExternalId,
        SubjectSource.UserName => UserName,
        _ => null,
    };

    private static bool IsText(string text) => text.Length is > 0 and <= MaxText && !text.Any(char.IsControl) && text.Trim().Length > 0;
}
