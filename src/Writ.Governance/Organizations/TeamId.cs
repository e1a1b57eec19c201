using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Writ.Governance.Organizations;

/// <summary>Names a team inside an organization. A <see cref="Slug"/>; the default value is not one and is never accepted.</summary>
[JsonConverter(typeof(ParsableConverter<TeamId>))]
public readonly record struct TeamId : IParsable<TeamId>
{
    private readonly string? _value;

    private TeamId(string value) => _value = value;

    public static TeamId Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var parsed) ? parsed : throw new FormatException($"'{text}' is not a TeamId: expected {Slug.Rule}");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out TeamId result)
    {
        var valid = text is not null && Slug.IsValid(text);
        result = valid ? new TeamId(text!) : default;
        return valid;
    }

    public override string ToString() => _value ?? "";
}
